import { randomUUID } from 'node:crypto';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
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

/** Prints a page of ours as PDF in a hidden window, which is gone when this answers, as is the page's address. */
export async function printPage(
  page: string,
  pages: PrintedPages,
  open: (options: BrowserWindowConstructorOptions) => PrintWindow,
): Promise<Uint8Array> {
  const url = `${PRINT_ORIGIN}/${randomUUID()}`;
  const window = open(HIDDEN);
  pages.set(url, page);
  try {
    await window.loadURL(url);
    return await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
    });
  } finally {
    pages.delete(url);
    window.destroy();
  }
}
