import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { CoreloomError, errorInfo } from '../contract';
import { openBrowserPipe } from './browser-pipe';
import { makeProfile } from './browser-profile';
import { findBrowser } from './find-browser';

/** A page with the longest tables takes a few seconds. */
const PRINT_MS = 60_000;

/** Refuses where no browser is installed that could print. Throws `not-available`. */
export function checkPrinter(browser = findBrowser()): void {
  if (browser === null) {
    throw new CoreloomError(
      'not-available',
      'A PDF needs an installed Chrome, Chromium or Edge, and none was found (set CORELOOM_CHROMIUM to the path of one): export HTML and print it in a browser.',
    );
  }
}

/**
 * Prints a page of ours as PDF with an installed Chrome, Chromium or Edge, which sees that page, an empty profile and
 * nothing else, and has ended when this answers. Errors: `not-available`.
 */
export async function printPage(page: string, browser = findBrowser()): Promise<Uint8Array> {
  checkPrinter(browser);
  const profile = await makeProfile('print');
  const child = spawn(browser ?? '', [...words(profile), 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), PRINT_MS);
  try {
    return await print(child, page);
  } catch (error) {
    throw new CoreloomError(
      'not-available',
      `${browser ?? ''} could not print the PDF (${errorInfo(error).message}): export HTML and print it in a browser.`,
      error,
    );
  } finally {
    clearTimeout(timer);
    await end(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

function words(profile: string): string[] {
  // A browser refuses to run as root in its sandbox; what it is shown has no script and may fetch nothing.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [
    '--headless',
    '--remote-debugging-pipe',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    `--user-data-dir=${profile}`,
    ...root,
  ];
}

/** The page is set, not fetched: no file and no address is opened. */
async function print(child: ChildProcess, page: string): Promise<Uint8Array> {
  const { ask } = openBrowserPipe(child);
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const sessionId = String((await ask('Target.attachToTarget', { targetId, flatten: true }))['sessionId']);
  const { frameTree } = (await ask('Page.getFrameTree', {}, sessionId)) as { frameTree: { frame: { id: string } } };
  await ask('Page.setDocumentContent', { frameId: frameTree.frame.id, html: page }, sessionId);
  const { data } = await ask(
    'Page.printToPDF',
    { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true },
    sessionId,
  );
  return Buffer.from(String(data), 'base64');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
