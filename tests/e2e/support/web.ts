import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchChromium } from '../../support/chromium';
import { ROOT } from '../../support/paths';
import type { App, LaunchOptions } from './app';
import { dropFiles } from './drop';
import { noteHost } from './host';

const COMMAND = resolve(ROOT, 'bin/coreloom.mjs');
const ADDRESS = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\/\S*/;
const LEAVE_MS = 12_000;

/** The printed address, with its token. */
function addressOf(child: ChildProcess): Promise<string> {
  let written = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        written += text;
        const found = ADDRESS.exec(written);
        if (found !== null && written.includes('\n', found.index)) resolve(found[0]);
      });
    }
    child.once('exit', (code) => {
      reject(new Error(`coreloom serve ended with ${String(code)} before it printed an address: ${written}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS);
  await exited;
  clearTimeout(timer);
}

/** Starts `coreloom serve` and opens its address in a real Chromium. */
export async function launchWeb(options: LaunchOptions = {}): Promise<App> {
  noteHost('web');
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'coreloom-web-'));
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', ...(options.serve ?? [])], {
    cwd: ROOT,
    env: { ...process.env, CORELOOM_HOME: home, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Listened for from the first moment; it is awaited below.
  const address = addressOf(child);
  address.catch(() => undefined);
  const browser = await launchChromium();
  let closing: Promise<void> | null = null;
  const leave = async (): Promise<void> => {
    await browser.close();
    await end(child);
    if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  const close = (): Promise<void> => (closing ??= leave());
  try {
    const context = await browser.newContext({
      locale: 'en-US',
      colorScheme: options.colorScheme ?? 'dark',
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    const page = await context.newPage();
    await page.goto(await address);
    // The address goes on to the page by itself, without its token.
    await page.waitForURL((url) => url.search === '');
    await page.getByTestId('tab-live').click();
    return {
      host: 'web',
      page,
      home,
      takeExport: async (trigger) => {
        const [download] = await Promise.all([page.waitForEvent('download'), trigger()]);
        return { fileName: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
      },
      drop: (...paths) => dropFiles(page, paths),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
