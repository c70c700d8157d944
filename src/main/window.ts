import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme } from 'electron';
import { SAFE_WEB_PREFERENCES } from './security';
import { MIN_SIZE, type WindowState } from './window-state';

/** The page's own backgrounds, so that no white flash comes before it. */
export const BACKGROUND = { dark: '#0d1014', light: '#eef1f4' } as const;

const background = (theme: Pick<NativeTheme, 'shouldUseDarkColors'>): string =>
  theme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;

/** The options of the one window; it stays hidden until its page has been drawn once. */
export function windowOptions(
  place: WindowState,
  options: { preload: string; theme: Pick<NativeTheme, 'shouldUseDarkColors'> },
): BrowserWindowConstructorOptions {
  return {
    ...place.bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'Coreloom',
    show: false,
    backgroundColor: background(options.theme),
    webPreferences: { ...SAFE_WEB_PREFERENCES, preload: options.preload },
  };
}

/** On Wayland a window that was never shown may never be said to be ready (electron/electron#48859). */
const SHOW_LIMIT_MS = 1_500;

/** Shows the window once it has something to show, or after 1.5 s, maximised if it was; `shown` is told once it can be seen. */
export function showWhenDrawn(window: BrowserWindow, maximised: boolean, shown: () => void): void {
  const show = (): void => {
    clearTimeout(limit);
    if (window.isDestroyed() || window.isVisible()) return;
    if (maximised) window.maximize();
    window.show();
    shown();
  };
  const limit = setTimeout(show, SHOW_LIMIT_MS);
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', show);
  // A page that failed to load is shown too: an app without any window could not even be closed.
  window.webContents.once('did-fail-load', show);
}

/** Keeps the window's background that of the system's theme. */
export function followTheme(window: BrowserWindow, theme: NativeTheme): () => void {
  const follow = (): void => {
    if (!window.isDestroyed()) window.setBackgroundColor(background(theme));
  };
  theme.on('updated', follow);
  return () => theme.off('updated', follow);
}

/** Brings the window before the user, whatever it was doing. */
export function bringForward(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  if (!window.isVisible()) window.show();
  window.focus();
}

const CRASHES_BEFORE_GIVING_UP = 3;

/** Loads the page again when its process dies: the engine runs on, and a page shows a run from the middle. */
export function reloadAfterCrash(window: BrowserWindow, giveUp: (reason: string) => void): void {
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    crashes += 1;
    if (crashes <= CRASHES_BEFORE_GIVING_UP) window.webContents.reload();
    else giveUp(details.reason);
  });
}

/**
 * Asks whether to load a page again that does not respond, once at a time, and takes the question back where it responds
 * after all. Its process is ended: a page that hangs would not hear of a reload.
 */
export function reloadWhenAsked(window: BrowserWindow, ask: (signal: AbortSignal) => Promise<boolean>): void {
  let question: AbortController | null = null;
  const offer = async (): Promise<void> => {
    question = new AbortController();
    const { signal } = question;
    const again = await ask(signal);
    question = null;
    if (again && !signal.aborted && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
  };
  window.on('unresponsive', () => {
    if (question === null) void offer();
  });
  window.on('responsive', () => question?.abort());
}
