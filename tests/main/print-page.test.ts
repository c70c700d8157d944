import type { BrowserWindowConstructorOptions } from 'electron';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PRINT_ORIGIN } from '../../src/main/origin';
import { printPage, type PrintedPages } from '../../src/main/print-page';
import { SAFE_WEB_PREFERENCES } from '../../src/main/security';

/** Prints with a window that does as it is told; answers what was seen of it. */
function printing(load: (url: string, pages: PrintedPages) => Promise<void>) {
  const pages: PrintedPages = new Map();
  const seen: { options: BrowserWindowConstructorOptions[]; destroyed: number } = { options: [], destroyed: 0 };
  const printed = printPage('<p>A report</p>', pages, (options) => {
    seen.options.push(options);
    return {
      loadURL: (url) => load(url, pages),
      destroy: () => void (seen.destroyed += 1),
      webContents: { printToPDF: () => Promise.resolve(Buffer.from('%PDF-')) },
    };
  });
  return { printed, pages, seen };
}

describe('printing a page', () => {
  it('shows it at an address of its own, in a hidden window that runs no script, and leaves neither', async () => {
    const loaded: [string, string | undefined][] = [];
    const { printed, pages, seen } = printing((url, during) => {
      loaded.push([url, during.get(url)]);
      return Promise.resolve();
    });
    expect(Buffer.from(await printed).toString()).toBe('%PDF-');
    expect(loaded).toEqual([[expect.stringMatching(new RegExp(`^${PRINT_ORIGIN}/[0-9a-f-]{36}$`)), '<p>A report</p>']]);
    expect(seen.options).toMatchObject([
      { show: false, webPreferences: { ...SAFE_WEB_PREFERENCES, javascript: false } },
    ]);
    expect([pages.size, seen.destroyed]).toEqual([0, 1]);
  });

  it('fails where the page does not load, and leaves neither', async () => {
    const { printed, pages, seen } = printing((url) => Promise.reject(new Error(`ERR_FAILED (-2) loading '${url}'`)));
    await expect(printed).rejects.toMatchObject({
      code: 'not-available',
      message: `Electron could not print the PDF (ERR_FAILED (-2) loading 'its page'): export HTML and print it in a browser.`,
    });
    expect([pages.size, seen.destroyed]).toEqual([0, 1]);
  });

  it('fails after a minute where nothing is said of the page, and leaves neither', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { printed, pages, seen } = printing(() => new Promise(() => undefined));
    const failed = expect(printed).rejects.toThrow('it took more than 60 s');
    vi.advanceTimersByTime(60_000);
    await failed;
    expect([pages.size, seen.destroyed]).toEqual([0, 1]);
  });
});
