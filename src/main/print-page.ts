import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { SAFE_WEB_PREFERENCES } from './security';

type PrintWindow = Pick<BrowserWindow, 'loadURL' | 'destroy'> & { webContents: Pick<BrowserWindow['webContents'], 'printToPDF'> };

/** A window that is never shown and runs no script: the page has none, and none may get in with it. */
const HIDDEN: BrowserWindowConstructorOptions = { show: false, width: 1000, height: 1400, webPreferences: { ...SAFE_WEB_PREFERENCES, javascript: false } };

/** Prints a page of ours as PDF in a hidden window, which is gone when this answers. */
export async function printPage(page: string, open: (options: BrowserWindowConstructorOptions) => PrintWindow): Promise<Uint8Array> {
  const window = open(HIDDEN);
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(page).toString('base64')}`);
    return await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true });
  } finally {
    window.destroy();
  }
}
