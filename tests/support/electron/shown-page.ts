import { randomUUID } from 'node:crypto';
import type { BrowserContext, CDPSession, Frame, Page, Request } from 'playwright-core';
import { initScript, type PageNames } from './build';
import { pack } from './codec';
import { netErrorIn, type NetError } from './net-errors';
import { realUrl, shownUrl, type DisplayRequests, type FrameInfo, type MainRequests } from './wire';

export type WindowSettings = DisplayRequests['open-window'];

/** What a page tells the main process, and how its preload is answered. */
export interface PageEnds {
  tell<Type extends keyof MainRequests>(type: Type, argument: MainRequests[Type]): void;
  invoke(frame: FrameInfo, packed: string): Promise<string>;
  popup(popup: Page): void;
}

/** The page of one window, until it closes or its process dies. */
export class ShownPage {
  readonly page: Page;
  /** Of the target, as the browser names it when the page's process has died. */
  readonly target: string;
  crashed = false;
  #dying = false;
  readonly #window: number;
  readonly #session: CDPSession;
  readonly #names: PageNames;
  readonly #ends: PageEnds;
  /** Loads asked for by the main process, which ask nobody's leave. */
  readonly #expected = new Set<string>();
  /** Why the main process would not answer the last request for a page: Chromium can be told of few reasons. */
  #failure: NetError | null = null;
  #document: string | null = null;
  #failedUrl: string | null = null;

  static async open(context: BrowserContext, settings: WindowSettings, ends: PageEnds): Promise<ShownPage> {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    const shown = new ShownPage(page, session, targetInfo.targetId, settings.window, ends);
    await shown.#prepare(settings);
    return shown;
  }

  private constructor(page: Page, session: CDPSession, target: string, window: number, ends: PageEnds) {
    this.page = page;
    this.target = target;
    this.#session = session;
    this.#window = window;
    this.#ends = ends;
    this.#names = { invoke: `invoke-${randomUUID()}`, deliver: `deliver-${randomUUID()}` };
  }

  async #prepare({ bounds, preload, javascript }: WindowSettings): Promise<void> {
    await this.page.setViewportSize({ width: bounds.width, height: bounds.height });
    if (preload !== null) {
      await this.page.exposeBinding(this.#names.invoke, ({ frame }, packed: string) =>
        this.#ends.invoke(frameInfo(frame), packed),
      );
      await this.page.addInitScript({ content: await initScript(preload, this.#names) });
    }
    await this.#session.send('Page.enable');
    await this.#session.send('Page.setLifecycleEventsEnabled', { enabled: true });
    if (!javascript) await this.#session.send('Emulation.setScriptExecutionDisabled', { value: true });
    this.#watch();
  }

  #watch(): void {
    this.#session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#navigated(frame);
    });
    this.#session.on('Page.lifecycleEvent', ({ name, loaderId }) => {
      if (loaderId !== this.#document) return;
      if (name === 'load') this.#ends.tell('did-finish-load', { window: this.#window });
      if (name === 'firstContentfulPaint') this.#ends.tell('painted', { window: this.#window });
    });
    this.page.on('requestfailed', (request) => {
      if (this.#isPage(request)) this.#failure ??= netErrorIn(request.failure()?.errorText ?? '');
    });
    this.page.on('popup', this.#ends.popup);
  }

  /** An error page is no page: nothing that happens there is told. */
  #navigated({ url, loaderId, unreachableUrl }: { url: string; loaderId: string; unreachableUrl?: string }): void {
    this.#failedUrl = unreachableUrl ?? null;
    this.#document = this.#failedUrl === null ? loaderId : null;
    const where = { window: this.#window, url: this.url };
    if (this.#failedUrl === null) this.#ends.tell('did-navigate', { ...where, url: realUrl(url) });
    else this.#ends.tell('did-fail-load', { ...where, error: this.#failure ?? netErrorIn('') });
  }

  #isPage(request: Request): boolean {
    return request.isNavigationRequest() && request.frame() === this.page.mainFrame();
  }

  /** The address that it shows, or failed to. */
  get url(): string {
    return realUrl(this.#failedUrl ?? this.page.url());
  }

  /** Answers why it failed, null where it did not. */
  async load(url: string): Promise<NetError | null> {
    this.#expected.add(shownUrl(url));
    return this.#settled(this.page.goto(shownUrl(url), { waitUntil: 'load' }));
  }

  async reload(): Promise<void> {
    this.#expected.add(shownUrl(this.url));
    await this.#settled(this.page.reload());
  }

  async #settled(loading: Promise<unknown>): Promise<NetError | null> {
    this.#failure = null;
    try {
      await loading;
      return null;
    } catch (error) {
      return this.#failure ?? netErrorIn(String(error));
    }
  }

  /** True once for an address that the main process asked for. */
  takeExpected(request: Request): boolean {
    return this.#expected.delete(request.url());
  }

  /** Says why the request that fails now does. */
  failing(request: Request, error: NetError): void {
    if (this.#isPage(request)) this.#failure = error;
  }

  async deliver(packet: { channel: string; args: unknown[] }): Promise<void> {
    const deliver = ({ name, packed }: { name: string; packed: string }): void => {
      (globalThis as unknown as Record<string, ((packed: string) => void) | undefined>)[name]?.(packed);
    };
    // A message to a page that is just being replaced, or has died, is lost, as in Electron.
    await this.page.evaluate(deliver, { name: this.#names.deliver, packed: pack(packet) }).catch(() => undefined);
  }

  /** Rejects where the page's process has died or is about to: a Chromium without a window ends as a whole if it dies in the middle. */
  async print(options: NonNullable<Parameters<Page['pdf']>[0]>): Promise<Buffer> {
    if (this.#dying) throw new Error('The process of the page died before it was printed.');
    return await this.page.pdf(options);
  }

  async crash(): Promise<void> {
    this.#dying = true;
    // Never answered: who would has died.
    this.#session.send('Page.crash').catch(() => undefined);
    await Promise.resolve();
  }
}

/** A frame that shows nothing yet has no origin; Electron says the same. */
function frameInfo(frame: Frame): FrameInfo {
  const parent = frame.parentFrame();
  return { url: realUrl(frame.url()), parent: parent === null ? null : frameInfo(parent) };
}
