import { EventEmitter } from 'node:events';
import type { Rectangle } from '../wire';
import { standInApp } from './app';
import { answer, askDisplay, tellDisplay } from './display-link';
import { grantPermissions } from './session';
import { onlyKnown, preventable, strict } from './strict';
import { createContents, forgetContents, type WebContents } from './web-contents';

const OPTIONS = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'title',
  'show',
  'backgroundColor',
  'webPreferences',
  'icon',
  'autoHideMenuBar',
];
const PREFERENCES = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInSubFrames',
  'nodeIntegrationInWorker',
  'webSecurity',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'webviewTag',
  'navigateOnDragDrop',
  'spellcheck',
  'javascript',
];

interface Preferences {
  preload?: string;
  sandbox?: boolean;
  contextIsolation?: boolean;
  nodeIntegration?: boolean;
  webSecurity?: boolean;
  javascript?: boolean;
}

export interface WindowOptions extends Partial<Rectangle> {
  minWidth?: number;
  minHeight?: number;
  title?: string;
  show?: boolean;
  backgroundColor?: string;
  webPreferences?: Preferences;
}

/** On Wayland nothing is drawn in a window that was never shown (electron/electron#48859). */
const DRAWS_ONLY_SHOWN = process.env['STAND_IN_WAYLAND'] === '1';
/** How long Electron waits before it says that a page does not respond, for it may do so yet. */
const UNRESPONSIVE_MS = 50;

const MAXIMISED: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const windows = new Map<number, BrowserWindow>();
let next = 1;
let focused: BrowserWindow | null = null;

/** The page runs isolated and sandboxed or not at all: there is nothing else this could stand in for. */
function checkPreferences(preferences: Preferences): void {
  onlyKnown('these web preferences', preferences, PREFERENCES);
  const { sandbox = true, contextIsolation = true, nodeIntegration = false, webSecurity = true } = preferences;
  if (!sandbox || !contextIsolation || nodeIntegration || !webSecurity)
    throw new Error('The stand-in for Electron opens sandboxed, isolated pages only.');
  if (preferences.javascript === false && preferences.preload !== undefined)
    throw new Error('The stand-in for Electron runs no preload in a page without scripts.');
}

export class BrowserWindow extends EventEmitter {
  readonly id = next++;
  readonly webContents: WebContents;
  readonly #options: WindowOptions;
  readonly #opened: Promise<unknown>;
  #bounds: Rectangle;
  #state = { visible: false, shownOnce: false, drawn: false, maximised: false, minimised: false, destroyed: false };
  #backgroundColor: string;

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  constructor(options: WindowOptions = {}) {
    super();
    if (!standInApp.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    onlyKnown('these window options', options, OPTIONS);
    checkPreferences(options.webPreferences ?? {});
    this.#options = options;
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF';
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = strict('webContents', createContents(this.id));
    windows.set(this.id, strict('BrowserWindow', this));
    standInApp.windows.add(this);
    this.#opened = grantPermissions().then(() =>
      askDisplay('open-window', {
        window: this.id,
        bounds: this.getBounds(),
        preload: options.webPreferences?.preload ?? null,
        javascript: options.webPreferences?.javascript ?? true,
      }),
    );
    this.#opened.catch(() => undefined);
    this.#followResponse();
    if (options.show !== false) this.show();
    return strict('BrowserWindow', this);
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    await this.webContents.loadURL(url);
  }

  show(): void {
    this.#state.visible = true;
    this.#state.shownOnce = true;
    this.emit('show');
    this.focus();
    this.#tellReady();
  }
  hide(): void {
    this.#state.visible = false;
    this.emit('hide');
  }
  focus(): void {
    focused = windows.get(this.id) ?? null;
    this.emit('focus');
  }
  isVisible(): boolean {
    return this.#state.visible;
  }
  isFocused(): boolean {
    return focused?.id === this.id;
  }
  isMinimized(): boolean {
    return this.#state.minimised;
  }
  minimize(): void {
    this.#state.minimised = true;
    if (this.isFocused()) focused = null;
    this.emit('minimize');
  }
  restore(): void {
    this.#state.minimised = false;
    this.emit('restore');
  }
  isMaximized(): boolean {
    return this.#state.maximised;
  }
  maximize(): void {
    this.#setMaximised(true);
  }
  unmaximize(): void {
    this.#setMaximised(false);
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }
  getBounds(): Rectangle {
    return this.#state.maximised ? { ...MAXIMISED } : { ...this.#bounds };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const { minWidth = 0, minHeight = 0 } = this.#options;
    const merged = { ...this.#bounds, ...bounds };
    this.#bounds = { ...merged, width: Math.max(minWidth, merged.width), height: Math.max(minHeight, merged.height) };
    tellDisplay('set-bounds', { window: this.id, bounds: this.getBounds() });
    this.emit('move');
    this.emit('resize');
  }
  getBackgroundColor(): string {
    return this.#backgroundColor;
  }
  setBackgroundColor(color: string): void {
    this.#backgroundColor = color;
  }
  /** The bar of the dock or taskbar, 0 to 1; above: without an end; below 0: none. */
  setProgressBar(progress: number): void {
    if (!Number.isFinite(progress)) throw new TypeError('Error processing argument at index 0, conversion failure');
  }

  isDestroyed(): boolean {
    return this.#state.destroyed;
  }

  close(): void {
    if (this.#state.destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.#state.destroyed) return;
    this.#state.destroyed = true;
    forgetContents(this.id);
    windows.delete(this.id);
    if (this.isFocused()) focused = null;
    // Not before it was opened.
    void this.#opened
      .catch(() => undefined)
      .then(() => {
        tellDisplay('close-window', { window: this.id });
      });
    this.emit('closed');
    this.removeAllListeners();
    standInApp.windowClosed(this);
  }

  /** @internal The page has something on it for the first time since it was loaded. */
  painted(): void {
    this.#state.drawn = true;
    this.#tellReady();
  }

  #tellReady(): void {
    if (!this.#state.drawn || (DRAWS_ONLY_SHOWN && !this.#state.shownOnce)) return;
    this.#state.drawn = false;
    process.nextTick(() => this.emit('ready-to-show'));
  }

  #followResponse(): void {
    let late: NodeJS.Timeout | undefined;
    this.webContents.on('unresponsive', () => {
      clearTimeout(late);
      late = setTimeout(() => this.emit('unresponsive'), UNRESPONSIVE_MS);
    });
    this.webContents.on('responsive', () => {
      clearTimeout(late);
      this.emit('responsive');
    });
    this.webContents.on('destroyed', () => {
      clearTimeout(late);
    });
  }

  #setMaximised(maximised: boolean): void {
    if (this.#state.maximised === maximised) return;
    this.#state.maximised = maximised;
    tellDisplay('set-bounds', { window: this.id, bounds: this.getBounds() });
    this.emit('resize');
    this.emit(maximised ? 'maximize' : 'unmaximize');
  }
}

answer('painted', ({ window }) => windows.get(window)?.painted());
