import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { makeProfile } from './browser-profile';
import { findBrowser } from './find-browser';

export type AppWindow =
  | { state: 'not-found' }
  /** `close` ends the browser that was started and removes its profile. Idempotent. */
  | { state: 'open'; close(): Promise<void> };

const CLOSE_MS = 3_000;

/** Opens an address as a window of its own in an installed browser, with a profile of its own, which ends with it. */
export async function openAppWindow(url: string, browser = findBrowser()): Promise<AppWindow> {
  if (browser === null) return { state: 'not-found' };
  const profile = makeProfile('window');
  const child = spawn(browser, [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check'], { stdio: 'ignore' });
  const started = await Promise.race([once(child, 'spawn').then(() => true), once(child, 'error').then(() => false)]).catch(() => false);
  const removeProfile = (): Promise<void> => rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  if (!started) {
    await removeProfile();
    return { state: 'not-found' };
  }
  let closing: Promise<void> | null = null;
  return {
    state: 'open',
    close() {
      closing ??= end(child).then(removeProfile);
      return closing;
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
  await exited;
  clearTimeout(force);
}
