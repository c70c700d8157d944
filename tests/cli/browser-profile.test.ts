import { spawnSync } from 'node:child_process';
import { readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeProfile } from '../../src/cli/browser-profile';
import { temporaryFolder } from '../support/folder';
import { isRunning, start } from '../support/processes';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('CORELOOM_HOME', join(folder, 'none', 'data'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

/** What a command that was killed left: its name says whose it was. */
async function left(): Promise<string> {
  const profile = await makeProfile('window');
  const dead = profile.replace(`-${String(process.pid)}-`, `-${String(gone())}-`);
  renameSync(profile, dead);
  return dead;
}

const found = (): string[] => readdirSync(folder).map((name) => join(folder, name));

it('makes a profile, and removes that of a command that was killed', async () => {
  await left();
  const own = await makeProfile('window');
  expect(found()).toEqual([own]);
});

it.skipIf(process.platform === 'win32')('leaves a profile whose browser lives on, until that has ended', async () => {
  const profile = await left();
  const browser = start(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  symlinkSync(`some-host-${String(browser.pid)}`, join(profile, 'SingletonLock'));
  await makeProfile('window');
  expect(found()).toHaveLength(2);
  browser.signalGroup('SIGKILL');
  await browser.ended;
  expect(isRunning(browser.pid)).toBe(false);
  await makeProfile('window');
  expect(found()).not.toContain(profile);
});

it.skipIf(process.platform === 'win32')('says in one sentence that there is no place for one', async () => {
  vi.stubEnv('TMPDIR', '/proc/none');
  vi.stubEnv('CORELOOM_HOME', '/proc/none');
  await expect(makeProfile('print')).rejects.toThrow(
    /^No folder for the browser’s profile can be created in "\/proc\/none" \(ENOENT\), "\/proc\/none\/private" \(ENOENT\): set CORELOOM_HOME or TMPDIR/,
  );
});
