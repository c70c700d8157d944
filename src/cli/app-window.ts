import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { CoreloomError, errorInfo } from '../contract';
import { openBrowserPipe, type BrowserPipe } from './browser-pipe';
import { makeProfile } from './browser-profile';
import { findBrowser } from './find-browser';

export type AppWindow =
  | { state: 'not-found' }
  /** `shown` rejects if the browser does not show the page. `close` ends it and removes its profile; idempotent. */
  | { state: 'open'; shown: Promise<void>; close(): Promise<void> };

export interface WindowAddress {
  /** What the browser's command line says, which every user of the machine may read. */
  origin: string;
  /** The page to show, with a secret: it goes through a pipe that the browser alone has. */
  url: string;
}

const CLOSE_MS = 3_000;

/** Opens a page as a window of its own in an installed browser, with a profile of its own, which ends with it. */
export async function openAppWindow({ origin, url }: WindowAddress, browser = findBrowser()): Promise<AppWindow> {
  if (browser === null) return { state: 'not-found' };
  const profile = await makeProfile('window');
  const words = [
    `--app=${origin}/`,
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
  ];
  // In a group of its own: Ctrl-C is for this process, which ends the browser in order; killed, it ends it with the pipe.
  const child = spawn(browser, words, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const pipe = openBrowserPipe(child);
  const started = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]).catch(() => false);
  const removeProfile = (): Promise<void> =>
    rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  if (!started) {
    await removeProfile();
    return { state: 'not-found' };
  }
  let closing: Promise<void> | null = null;
  return {
    state: 'open',
    shown: show(pipe, url).catch((error: unknown) => {
      throw new CoreloomError(
        'not-available',
        `${browser} could not show the page (${errorInfo(error).message}). Open the printed address in a browser.`,
        error,
      );
    }),
    close() {
      closing ??= end(child).then(removeProfile);
      return closing;
    },
  };
}

/** Leads the window, once it is there, to the page. The pipe stays open: a browser ends with it. */
async function show({ ask, next }: BrowserPipe, url: string): Promise<void> {
  const [created] = await Promise.all([
    next('Target.targetCreated', ({ targetInfo }) => isPage(targetInfo)),
    ask('Target.setDiscoverTargets', { discover: true }),
  ]);
  await ask('Target.setDiscoverTargets', { discover: false });
  const { targetId } = created['targetInfo'] as { targetId: string };
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  await ask('Page.navigate', { url }, String(sessionId));
  await ask('Target.detachFromTarget', { sessionId });
}

const isPage = (target: unknown): boolean => (target as { type?: unknown } | undefined)?.type === 'page';

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
  await exited;
  clearTimeout(force);
}
