import type { BrowserWindow } from 'electron';
import { readFile } from 'node:fs/promises';
import { parseWindowState, type WindowState } from './window-state';

export type WriteFile = (path: string, text: string) => Promise<unknown>;

/** Long enough that a drag of the window's edge writes once. */
const SETTLE_MS = 400;

/** The saved state; null where there is none or it cannot be read. */
export async function recallWindow(file: string): Promise<WindowState | null> {
  try {
    return parseWindowState(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

type Watched = Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized' | 'isDestroyed'>;

/**
 * Writes down where the window is whenever it has come to rest. `stop` writes what is not yet written; a place that
 * cannot be written costs nothing but the memory of it, so it is told to `warn` and the app goes on.
 */
export function rememberWindow(
  window: Watched,
  options: { file: string; write: WriteFile; warn: (message: string) => void },
): { stop(): Promise<void> } {
  const { file, write, warn } = options;
  let timer: NodeJS.Timeout | null = null;
  let latest: WindowState | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (latest === null) return writing;
    const text = JSON.stringify(latest);
    latest = null;
    writing = writing
      .then(() => write(file, text))
      .then(
        () => undefined,
        (error: unknown) => {
          warn(`The window’s position could not be saved: ${error instanceof Error ? error.message : String(error)}`);
        },
      );
    return writing;
  };

  const note = (): void => {
    if (window.isDestroyed()) return;
    latest = { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void flush(), SETTLE_MS);
  };

  window.on('resize', note);
  window.on('move', note);
  window.on('maximize', note);
  window.on('unmaximize', note);
  window.on('close', note);
  return { stop: flush };
}
