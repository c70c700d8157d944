import { randomUUID } from 'node:crypto';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { CoreloomError, errorInfo } from '../contract';
import { PRINT_ORIGIN } from './origin';
import { SAFE_WEB_PREFERENCES } from './security';

type PrintWindow = Pick<BrowserWindow, 'loadURL' | 'destroy'> & {
  webContents: Pick<BrowserWindow['webContents'], 'printToPDF'>;
};

/** A window that is never shown and runs no script: the page has none, and none may get in with it. */
const HIDDEN: BrowserWindowConstructorOptions = {
  show: false,
  width: 1000,
  height: 1400,
  webPreferences: { ...SAFE_WEB_PREFERENCES, javascript: false },
};

/** Pages that are being printed, by their addresses, which nobody can guess: a `data:` URL may not be longer than 2 MiB. */
export type PrintedPages = Map<string, string>;

/** A page with the longest tables takes a few seconds. */
const PRINT_MS = 60_000;

/**
 * Prints a page of ours as PDF in a hidden window, which is gone when this answers, as is the page's address. Errors:
 * `not-available`.
 */
export async function printPage(
  page: string,
  pages: PrintedPages,
  open: (options: BrowserWindowConstructorOptions) => PrintWindow,
): Promise<Uint8Array> {
  const url = `${PRINT_ORIGIN}/${randomUUID()}`;
  const window = open(HIDDEN);
  pages.set(url, page);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, PRINT_MS, new Error(`it took more than ${String(PRINT_MS / 1000)} s`));
  });
  try {
    return await Promise.race([print(window, url), late]);
  } catch (error) {
    const reason = errorInfo(error).message.replace(url, 'its page');
    throw new CoreloomError(
      'not-available',
      `Electron could not print the PDF (${reason}): export HTML and print it in a browser.`,
      error,
    );
  } finally {
    clearTimeout(timer);
    pages.delete(url);
    window.destroy();
  }
}

async function print(window: PrintWindow, url: string): Promise<Uint8Array> {
  await window.loadURL(url);
  return window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true });
}
