import { EventEmitter } from 'node:events';
import { answer, askDisplay, tellDisplay } from './display-link';
import { standInApp } from './app';
import { clone } from './clone';
import { onlyKnown, preventable, strict } from './strict';

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** The page of a window. */
export class WebContents extends EventEmitter {
  readonly id: number;
  #url = '';
  #destroyed = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(id: number) {
    super();
    this.id = id;
  }

  getURL(): string {
    return this.#url;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  reload(): void {
    tellDisplay('reload', { window: this.id });
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    try {
      tellDisplay('send', { window: this.id, channel, args: clone(args) as unknown[] });
    } catch (error) {
      // Electron says so and throws nothing: the message is lost.
      console.error('Error sending from webFrameMain: ', error);
    }
  }
  async printToPDF(options: {
    printBackground?: boolean;
    preferCSSPageSize?: boolean;
    generateTaggedPDF?: boolean;
  }): Promise<Uint8Array> {
    onlyKnown('these options of printing', options, ['printBackground', 'preferCSSPageSize', 'generateTaggedPDF']);
    return (await askDisplay('print', { window: this.id, ...options })) as Uint8Array;
  }
  async loadURL(url: string): Promise<void> {
    // Chromium's limit (url::kMaxURLChars).
    if (url.length > 2 * 1024 * 1024) throw new Error(`ERR_INVALID_URL (-300) loading '${url.slice(0, 40)}…'`);
    await askDisplay('load-url', { window: this.id, url });
  }

  /** @internal */
  navigated(url: string): void {
    this.#url = url;
    this.emit('did-navigate', preventable({}), url);
  }
  /** @internal True where the navigation was prevented. */
  wouldNavigate(url: string, isMainFrame: boolean): boolean {
    const names = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'];
    return names.some((name) => {
      const event = preventable({ url, isMainFrame, isSameDocument: false });
      this.emit(name, event, url);
      return event.defaultPrevented;
    });
  }
  /** @internal */
  wouldOpen(url: string): void {
    if (this.#openHandler({ url }).action !== 'deny')
      throw new Error('The stand-in for Electron opens no further windows for a page.');
  }
  /** @internal */
  destroyed(): void {
    this.#destroyed = true;
    this.emit('destroyed');
    this.removeAllListeners();
  }
}

const contents = new Map<number, WebContents>();

export function createContents(id: number): WebContents {
  const made = new WebContents(id);
  contents.set(id, made);
  standInApp.emit('web-contents-created', preventable({}), strict('webContents', made));
  return made;
}

export function forgetContents(id: number): void {
  contents.get(id)?.destroyed();
  contents.delete(id);
}

export const contentsOf = (id: number): WebContents | undefined => contents.get(id);

answer('did-navigate', ({ window, url }) => contents.get(window)?.navigated(url));
answer('did-fail-load', ({ window, url }) =>
  contents.get(window)?.emit('did-fail-load', preventable({}), -6, 'ERR_FAILED', url, true),
);
answer(
  'will-navigate',
  ({ window, url, isMainFrame }) => contents.get(window)?.wouldNavigate(url, isMainFrame) ?? true,
);
answer('window-open', ({ window, url }) => contents.get(window)?.wouldOpen(url));
