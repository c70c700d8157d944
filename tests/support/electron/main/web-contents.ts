import { EventEmitter } from 'node:events';
import { netError, type NetError } from '../net-errors';
import { answer, askDisplay, tellDisplay } from './display-link';
import { standInApp } from './app';
import { clone } from './clone';
import { onlyKnown, preventable, strict } from './strict';

/** Chromium's limit (url::kMaxURLChars). */
const LONGEST_URL = 2 * 1024 * 1024;

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** The page of a window. */
export class WebContents extends EventEmitter {
  readonly id: number;
  #url = '';
  #destroyed = false;
  #crashed = false;
  /** Rises with every page that takes the place of another. */
  document = 0;
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
  isCrashed(): boolean {
    return this.#crashed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  reload(): void {
    tellDisplay('reload', { window: this.id });
  }
  forcefullyCrashRenderer(): void {
    tellDisplay('crash', { window: this.id });
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
  /** Rejects as Electron does, where no page came: after `did-fail-load`, or where another load or the end came first. */
  async loadURL(url: string): Promise<void> {
    if (url.length > LONGEST_URL || !URL.canParse(url)) {
      const error = netError('ERR_INVALID_URL');
      this.failed(url, error);
      throw loadError(url, error);
    }
    const error = (await askDisplay('load-url', { window: this.id, url })) as NetError | null;
    if (error !== null) throw loadError(url, error);
  }

  /** @internal */
  navigated(url: string): void {
    this.#url = url;
    this.#crashed = false;
    this.document += 1;
    this.emit('did-navigate', preventable({}), url);
  }
  /** @internal */
  finished(): void {
    this.emit('did-finish-load', preventable({}));
    this.emit('did-stop-loading', preventable({}));
  }
  /** @internal An error page has the address of the page that did not come. */
  failed(url: string, { code, name }: NetError): void {
    this.#url = url;
    this.document += 1;
    this.emit('did-fail-load', preventable({}), code, name, url, true);
    this.emit('did-stop-loading', preventable({}));
  }
  /** @internal */
  gone(details: { reason: string; exitCode: number }): void {
    this.#crashed = true;
    this.document += 1;
    this.emit('render-process-gone', preventable({}), details);
    standInApp.emit('render-process-gone', preventable({}), strict('webContents', this), details);
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

function loadError(url: string, { name, code }: NetError): Error {
  const error = new Error(`${name} (${String(code)}) loading '${url.slice(0, 2048)}'`);
  return Object.assign(error, { errno: code, code: name, url });
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
answer('did-finish-load', ({ window }) => contents.get(window)?.finished());
answer('did-fail-load', ({ window, url, error }) => contents.get(window)?.failed(url, error));
answer('render-process-gone', ({ window, ...details }) => contents.get(window)?.gone(details));
answer(
  'will-navigate',
  ({ window, url, isMainFrame }) => contents.get(window)?.wouldNavigate(url, isMainFrame) ?? true,
);
answer('window-open', ({ window, url }) => contents.get(window)?.wouldOpen(url));
