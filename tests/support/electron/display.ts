import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Browser, BrowserContext, Frame, Page, Route } from 'playwright-core';
import { launchChromium } from '../chromium';
import { initScript, type PageNames } from './build';
import { decode, encode } from './codec';
import type { Link } from './link';
import {
  DROPPED_CHANNEL,
  realUrl,
  shownUrl,
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

interface Shown {
  page: Page;
  names: PageNames;
  /** Loads asked for by the main process, which ask nobody's leave. */
  expected: Set<string>;
  shown: boolean;
}

/** A frame that shows nothing yet has no origin; Electron says the same. */
function frameInfo(frame: Frame): FrameInfo {
  const parent = frame.parentFrame();
  return { url: realUrl(frame.url()), parent: parent === null ? null : frameInfo(parent) };
}

/** The screen of a stand-in: a Chromium with a page for each window of the main process. */
export class Display {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #windows = new Map<number, Shown>();
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
    return first === undefined ? new Promise((resolve) => this.#arrivals.push(resolve)) : Promise.resolve(first.page);
  }

  /** Tells a page's half of the stand-in where the files lie that are dropped on it next. */
  async expectDrop(page: Page, paths: readonly string[]): Promise<void> {
    const [window] = [...this.#windows].find(([, shown]) => shown.page === page) ?? [];
    if (window === undefined) throw new Error('The page is no window of the main process.');
    await this.handlers.send({ window, channel: DROPPED_CHANNEL, args: paths.map((path) => [basename(path), path]) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  readonly handlers: Handlers = {
    'open-window': async ({ window, bounds, preload }) => {
      const page = await this.#context.newPage();
      const names: PageNames = { invoke: `invoke-${randomUUID()}`, deliver: `deliver-${randomUUID()}` };
      const shown: Shown = { page, names, expected: new Set(), shown: false };
      this.#windows.set(window, shown);
      await page.setViewportSize({ width: bounds.width, height: bounds.height });
      await page.exposeBinding(names.invoke, ({ frame }, packed: string) => this.#invoke(window, frame, packed));
      if (preload !== null) await page.addInitScript({ content: await initScript(preload, names) });
      this.#watch(window, shown);
      for (const arrive of this.#arrivals.splice(0)) arrive(page);
    },
    'close-window': async ({ window }) => {
      const shown = this.#windows.get(window);
      this.#windows.delete(window);
      await shown?.page.close();
    },
    'load-url': async ({ window, url }) => {
      const shown = this.#of(window);
      shown.expected.add(shownUrl(url));
      try {
        await shown.page.goto(shownUrl(url), { waitUntil: 'load' });
      } catch (error) {
        this.#tell('did-fail-load', { window, url });
        throw error;
      }
    },
    reload: async ({ window }) => {
      const { page, expected } = this.#of(window);
      expected.add(page.url());
      await page.reload();
    },
    print: ({ window, printBackground = false, preferCSSPageSize = false, generateTaggedPDF = false }) =>
      this.#of(window).page.pdf({ printBackground, preferCSSPageSize, tagged: generateTaggedPDF }),
    'set-bounds': async ({ window, bounds }) => {
      await this.#of(window).page.setViewportSize({ width: bounds.width, height: bounds.height });
    },
    send: async ({ window, channel, args }) => {
      const { page, names } = this.#of(window);
      const deliver = ({ name, packed }: { name: string; packed: string }): void => {
        (globalThis as unknown as Record<string, ((packed: string) => void) | undefined>)[name]?.(packed);
      };
      // A message to a page that is just being replaced is lost, as in Electron.
      await page.evaluate(deliver, { name: names.deliver, packed: encode({ channel, args }) }).catch(() => undefined);
    },
    grant: async ({ permissions }) => {
      // Whatever is not granted here is denied from now on, without a prompt.
      await this.#context.grantPermissions(permissions);
    },
  };

  #of(window: number): Shown {
    const shown = this.#windows.get(window);
    if (shown === undefined) throw new Error(`There is no window ${String(window)}.`);
    return shown;
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

  #watch(window: number, shown: Shown): void {
    const { page } = shown;
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#tell('did-navigate', { window, url: realUrl(frame.url()) });
    });
    page.on('load', () => {
      if (shown.shown) return;
      shown.shown = true;
      this.#tell('ready-to-show', { window });
    });
    page.on('popup', (popup) => {
      // Stays open, for a test to see, unless the main process denies it.
      this.#ask('window-open', { window, url: realUrl(popup.url()) })
        .then(() => popup.close())
        .catch(() => undefined);
    });
  }

  async #invoke(window: number, frame: Frame, packed: string): Promise<string> {
    const { channel, args } = decode(packed) as Packet;
    return encode(await this.#ask<InvokeAnswer>('invoke', { window, channel, args, frame: frameInfo(frame) }));
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
    const found = [...this.#windows].find(([, { page }]) => page === frame.page());
    if (found === undefined) return false;
    const [window, { page, expected }] = found;
    if (expected.delete(request.url())) return true;
    return !(await this.#ask<boolean>('will-navigate', { window, url, isMainFrame: frame === page.mainFrame() }));
  }

  async #serve(route: Route, url: string): Promise<void> {
    const { status, headers, body } = await this.#ask<FetchAnswer>('fetch', { url, method: route.request().method() });
    await route.fulfill({ status, headers, body: Buffer.from(body) });
  }
}

function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
