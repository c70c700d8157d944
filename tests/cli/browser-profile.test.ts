import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeProfile } from '../../src/cli/browser-profile';
import { temporaryFolder } from '../support/folder';
import { isRunning, start } from '../support/processes';

const before = process.env['TMPDIR'];
let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
});

const namespace = (): string => (process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid').replace(/\D/g, '') : '0');
/** A process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

/** What a command that was killed left: its name says whose it was. */
function left(pid: number): string {
  return mkdtempSync(join(folder, `coreloom-window-${namespace()}-${String(pid)}-`));
}

it('makes a profile, and removes that of a command that was killed', () => {
  left(gone());
  const own = makeProfile('coreloom-window');
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([own]);
});

it.skipIf(process.platform === 'win32')('leaves a profile whose browser lives on, until that has ended', async () => {
  const profile = left(gone());
  const browser = start(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  symlinkSync(`some-host-${String(browser.pid)}`, join(profile, 'SingletonLock'));
  makeProfile('coreloom-window');
  expect(readdirSync(folder)).toHaveLength(2);
  browser.signalGroup('SIGKILL');
  await browser.ended;
  expect(isRunning(browser.pid)).toBe(false);
  makeProfile('coreloom-window');
  expect(readdirSync(folder).map((name) => join(folder, name))).not.toContain(profile);
});

it('says in one sentence that the temporary folder takes none', () => {
  process.env['TMPDIR'] = join(folder, 'none');
  expect(() => makeProfile('coreloom-print')).toThrow(/^The temporary folder ".*none" takes no folder for the browser's profile: it must be writable/);
  mkdirSync(join(folder, 'none'));
  expect(makeProfile('coreloom-print')).toContain('none');
});
