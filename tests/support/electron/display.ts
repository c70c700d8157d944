import { basename } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { launchChromium } from '../chromium';
import { decode, pack } from './codec';
import type { Link } from './link';
import { ShownPage, type WindowSettings } from './shown-page';
import {
  DROPPED_CHANNEL,
  realUrl,
  type DisplayRequests,
  type FetchAnswer,
  type FrameInfo,
  type InvokeAnswer,
  type MainRequests,
} from './wire';

type Handlers = { [Type in keyof DisplayRequests]: (argument: DisplayRequests[Type]) => Promise<unknown> };
type Packet = { channel: string; args: unknown[] };

export interface DisplayOptions {
  colorScheme?: 'dark' | 'light';
}

/** What the browser calls the ends of a page's process (base::TerminationStatus), and what Electron does. */
const REASONS: Readonly<Record<string, string>> = {
  abnormal: 'abnormal-exit',
  killed: 'killed',
  crashed: 'crashed',
  oom: 'oom',
  'failed to launch': 'launch-failed',
};

/** Headers that a scheme's handler does not see, or not under that name. */
const NETWORK_ONLY = new Set(['cookie', 'host', 'referer']);

/** The screen of a stand-in: a Chromium with a page for each window of the main process. */
export class Display {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #windows = new Map<number, { settings: WindowSettings; shown: ShownPage }>();
  readonly #arrivals: ((page: Page) => void)[] = [];
  #link: Link | null = null;

  static async open(options: DisplayOptions = {}): Promise<Display> {
    const browser = await launchChromium();
    const context = await browser.newContext({
      locale: 'en-US',
      colorScheme: options.colorScheme ?? 'dark',
      acceptDownloads: true,
    });
    const display = new Display(browser, context);
    await context.route('**/*', (route) => display.#route(route));
    await display.#watchCrashes();
    return display;
  }

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  attach(link: Link): void {
    this.#link = link;
  }

  pages(): Page[] {
    return this.#context.pages();
  }

  /** The page of the first window, once there is one. */
  firstPage(): Promise<Page> {
    const [first] = this.#windows.values();
    return first === undefined
      ? new Promise((resolve) => this.#arrivals.push(resolve))
      : Promise.resolve(first.shown.page);
  }

  /** Tells a page's half of the stand-in where the files lie that are dropped on it next. */
  async expectDrop(page: Page, paths: readonly string[]): Promise<void> {
    const [window] = [...this.#windows].find(([, { shown }]) => shown.page === page) ?? [];
    if (window === undefined) throw new Error('The page is no window of the main process.');
    await this.handlers.send({ window, channel: DROPPED_CHANNEL, args: paths.map((path) => [basename(path), path]) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  readonly handlers: Handlers = {
    'open-window': async (settings) => {
      const shown = await this.#open(settings);
      for (const arrive of this.#arrivals.splice(0)) arrive(shown.page);
    },
    'close-window': async ({ window }) => {
      const open = this.#windows.get(window);
      this.#windows.delete(window);
      await open?.shown.page.close();
    },
    'load-url': async ({ window, url }) => (await this.#alive(window)).load(url),
    reload: async ({ window }) => {
      const { crashed, url } = this.#of(window);
      const shown = await this.#alive(window);
      await (crashed ? shown.load(url) : shown.reload());
    },
    crash: ({ window }) => this.#of(window).crash(),
    print: ({ window, printBackground = false, preferCSSPageSize = false, generateTaggedPDF = false }) =>
      this.#of(window).print({ printBackground, preferCSSPageSize, tagged: generateTaggedPDF }),
    'set-bounds': async ({ window, bounds }) => {
      await this.#of(window).page.setViewportSize({ width: bounds.width, height: bounds.height });
    },
    send: ({ window, channel, args }) => this.#of(window).deliver({ channel, args }),
    grant: async ({ permissions }) => {
      // Whatever is not granted here is denied from now on, without a prompt.
      await this.#context.grantPermissions(permissions);
    },
  };

  async #open(settings: WindowSettings): Promise<ShownPage> {
    const { window } = settings;
    const shown = await ShownPage.open(this.#context, settings, {
      tell: (type, argument) => {
        this.#tell(type, argument);
      },
      invoke: (frame, packed) => this.#invoke(window, frame, packed),
      popup: (popup) => {
        // Stays open, for a test to see, unless the main process denies it.
        this.#ask('window-open', { window, url: realUrl(popup.url()) })
          .then(() => popup.close())
          .catch(() => undefined);
      },
    });
    this.#windows.set(window, { settings, shown });
    return shown;
  }

  /** The page of a window; another one where its process has died, as Electron makes another process. */
  async #alive(window: number): Promise<ShownPage> {
    const { settings, shown } = this.#entry(window);
    if (!shown.crashed) return shown;
    await shown.page.close();
    return this.#open(settings);
  }

  async #watchCrashes(): Promise<void> {
    const session = await this.#browser.newBrowserCDPSession();
    session.on('Target.targetCrashed', ({ targetId, status, errorCode: exitCode }) => {
      const [window, open] = [...this.#windows].find(([, { shown }]) => shown.target === targetId) ?? [];
      if (window === undefined || open === undefined) return;
      open.shown.crashed = true;
      this.#tell('render-process-gone', { window, reason: REASONS[status] ?? status, exitCode });
    });
    await session.send('Target.setDiscoverTargets', { discover: true });
  }

  #entry(window: number): { settings: WindowSettings; shown: ShownPage } {
    const open = this.#windows.get(window);
    if (open === undefined) throw new Error(`There is no window ${String(window)}.`);
    return open;
  }

  #of(window: number): ShownPage {
    return this.#entry(window).shown;
  }

  #ask<Answer, Type extends keyof MainRequests = keyof MainRequests>(
    type: Type,
    argument: MainRequests[Type],
  ): Promise<Answer> {
    if (this.#link === null) throw new Error('The display is not attached.');
    return this.#link.request<Answer>(type, argument);
  }

  #tell<Type extends keyof MainRequests>(type: Type, argument: MainRequests[Type]): void {
    this.#ask(type, argument).catch(() => undefined);
  }

  async #invoke(window: number, frame: FrameInfo, packed: string): Promise<string> {
    const { channel, args } = decode(packed) as Packet;
    return pack(await this.#ask<InvokeAnswer>('invoke', { window, channel, args, frame }));
  }

  async #route(route: Route): Promise<void> {
    try {
      const url = realUrl(route.request().url());
      if (!(await this.#mayLoad(route, url))) await route.abort('aborted');
      else if (url !== route.request().url()) await this.#serve(route, url);
      else if (isLoopback(url)) await route.continue();
      else await route.abort('internetdisconnected');
    } catch {
      // The page or the main process has gone meanwhile: nobody waits for this any more.
      await route.abort().catch(() => undefined);
    }
  }

  /** A navigation that a page started asks the main process first. */
  async #mayLoad(route: Route, url: string): Promise<boolean> {
    const request = route.request();
    if (!request.isNavigationRequest()) return true;
    const frame = request.frame();
    const found = [...this.#windows].find(([, { shown }]) => shown.page === frame.page());
    if (found === undefined) return false;
    const [window, { shown }] = found;
    if (shown.takeExpected(request)) return true;
    return !(await this.#ask<boolean>('will-navigate', { window, url, isMainFrame: frame === shown.page.mainFrame() }));
  }

  async #serve(route: Route, url: string): Promise<void> {
    const request = route.request();
    const answer = await this.#ask<FetchAnswer>('fetch', {
      url,
      method: request.method(),
      headers: schemeHeaders(request.headers()),
      body: request.postDataBuffer(),
      byFetch: request.resourceType() === 'fetch',
    });
    if ('error' in answer) {
      const found = [...this.#windows.values()].find(({ shown }) => shown.page === request.frame().page());
      found?.shown.failing(request, answer.error);
      await route.abort('failed');
    } else await route.fulfill({ ...answer, body: Buffer.from(answer.body) });
  }
}

/** A page of a scheme has that scheme's origin, and no cookies: they are of the network's schemes. */
function schemeHeaders(headers: Record<string, string>): Record<string, string> {
  const seen = Object.entries(headers).filter(([name]) => !NETWORK_ONLY.has(name));
  return Object.fromEntries(seen.map(([name, value]) => [name, name === 'origin' ? realUrl(value) : value]));
}

function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
