import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findElectron } from '../../scripts/find-electron.mjs';
import { ROOT } from '../support/paths';
import { failingSandbox } from '../support/electron/failing-sandbox';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning, start, type Running } from '../support/processes';

const ADDRESS = /Coreloom is at (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)\n/;
const electronIsHere = findElectron({ root: ROOT }) !== null;
if (electronIsHere)
  console.log(
    'Electron’s binary is installed here: that it is fetched where it is missing is tested on its parts alone.',
  );

/** `npm start` as a real process, on a machine with or without a display that answers. */
function npmStart(args: string[], env: Record<string, string | undefined> = {}): Running {
  const own = {
    ...process.env,
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
    CORELOOM_HOME: temporaryFolder(),
    ...env,
  };
  return start(process.execPath, [join(ROOT, 'scripts/start.mjs'), ...args], { cwd: ROOT, env: own });
}

/** A program made of a script. */
function program(name: string, script: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, `#!${process.execPath}\n${script}`);
  chmodSync(file, 0o755);
  return file;
}

/** A browser in an installed one's place: notes what it was asked to open, and stays as long as the pipe to it. */
function browser(): { path: string; seen: string } {
  const seen = join(temporaryFolder(), 'seen');
  return {
    path: program(
      'chromium',
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, process.argv.slice(2).join('\\n')); require('node:fs').createReadStream('', { fd: 3 }).resume().on('close', () => process.exit());`,
    ),
    seen,
  };
}

/** The page is there, and Ctrl-C ends everything. */
async function expectServed(running: Running): Promise<string> {
  const [, url = ''] = await running.said(ADDRESS);
  expect((await fetch(url, { redirect: 'error' })).status).toBe(200);
  const beneath = descendants(running.pid);
  running.signalGroup('SIGINT');
  const { code, err } = await running.ended;
  expect(code).toBe(0);
  expect(err).not.toMatch(/^\s+at /m);
  await expect.poll(() => beneath.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  return err;
}

test('npm start -- --help says what it does', async () => {
  const { code, out } = await npmStart(['--help']).ended;
  expect(code).toBe(0);
  expect(out).toContain('--web');
});

test('an unknown option is wrong usage', async () => {
  const { code, err } = await npmStart(['--wbe']).ended;
  expect({ code, err }).toEqual({
    code: 2,
    err: "coreloom: Unknown option '--wbe'; npm start -- --help lists the options.\n",
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('without a display the interface is served, and one sentence says why', async () => {
    expect(await expectServed(npmStart([]))).toBe(
      'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the interface is served to a browser instead.\n',
    );
  });

  test('--web serves it without a word about Electron', async () => {
    expect(await expectServed(npmStart(['--web']))).toBe('');
  });

  test('where there is a display, it opens in a window of an installed browser, which ends with it', async () => {
    const { path, seen } = browser();
    const running = npmStart(['--web'], { DISPLAY: ':99', CORELOOM_CHROMIUM: path });
    const [, url = ''] = await running.said(ADDRESS);
    const [page = ''] = url.split('?token=');
    // Every user of the machine may read a command line: no key is in it.
    await expect
      .poll(() => existsSync(seen) && readFileSync(seen, 'utf8').split('\n'), { timeout: 10_000 })
      .toContain(`--app=${page}`);
    expect(await expectServed(running)).toBe('');
    const profile = /--user-data-dir=(.*)/.exec(readFileSync(seen, 'utf8'))?.[1] ?? '';
    expect(existsSync(profile)).toBe(false);
  });

  test('an Electron that cannot start is told in words', async () => {
    const dist = program(
      'electron',
      `process.stderr.write('electron: error while loading shared libraries: libnss3.so: cannot open\\n    at dump\\n', () => process.exit(127));`,
    );
    const running = npmStart([], {
      DISPLAY: ':99',
      ELECTRON_OVERRIDE_DIST_PATH: join(dist, '..'),
      CORELOOM_CHROMIUM: browser().path,
    });
    expect(await expectServed(running)).toBe(
      'Electron did not start: the system library libnss3.so is missing, so the interface is served to a browser instead.\n',
    );
  });

  test('an Electron whose sandbox is forbidden is told with what allows it', async () => {
    const dist = failingSandbox('helper');
    const running = npmStart([], {
      DISPLAY: ':99',
      ELECTRON_OVERRIDE_DIST_PATH: join(dist, '..'),
      CORELOOM_CHROMIUM: browser().path,
    });
    expect(await expectServed(running)).toMatch(
      /^To let Electron's sandbox work.*\n {2}sudo chown root:root '.*chrome-sandbox'\n {2}sudo chmod 4755 '.*chrome-sandbox'\nElectron did not start: its sandbox is not permitted on this system, so the interface is served to a browser instead\.\n$/,
    );
  });

  test('an Electron that never shows a window is waited for as long as --wait says', async () => {
    const dist = program('electron', 'setInterval(() => {}, 1000);');
    const running = npmStart(['--wait', '0.6'], {
      DISPLAY: ':99',
      ELECTRON_OVERRIDE_DIST_PATH: join(dist, '..'),
      CORELOOM_CHROMIUM: browser().path,
    });
    expect(await expectServed(running)).toMatch(
      /^Electron is running, but its window has not opened after 0\.2 s.*\nElectron did not start: its window did not open within 0\.6 s, so the interface/,
    );
    const { code, err } = await npmStart(['--wait', 'long']).ended;
    expect({ code, err }).toEqual({
      code: 2,
      err: 'coreloom: --wait is "long"; it must be a number of seconds up to 3600.\n',
    });
  });

  test('an Electron that runs is left to run, and ends with Ctrl-C', async () => {
    const started = join(temporaryFolder(), 'started');
    const dist = program(
      'electron',
      `require('node:fs').writeFileSync(${JSON.stringify(started)}, String(process.pid)); process.on('SIGINT', () => {}); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);`,
    );
    const running = npmStart([], { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: join(dist, '..') });
    await expect.poll(() => existsSync(started), { timeout: 20_000 }).toBe(true);
    running.signalGroup('SIGINT');
    const { code, out } = await running.ended;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(isRunning(Number(readFileSync(started, 'utf8')))).toBe(false);
  });

  describe.runIf(!electronIsHere)('where Electron is missing', () => {
    const missing = (installer: string, env: Record<string, string> = {}) =>
      npmStart([], {
        DISPLAY: ':99',
        CORELOOM_CHROMIUM: browser().path,
        CORELOOM_ELECTRON_INSTALLER: program('install.cjs', installer),
        ...env,
      });

    test('CORELOOM_NO_DOWNLOAD is respected', async () => {
      const running = missing('throw new Error("never")', { CORELOOM_NO_DOWNLOAD: '1' });
      expect(await expectServed(running)).toBe(
        'Electron is missing and CORELOOM_NO_DOWNLOAD is set, so the interface is served to a browser instead.\n',
      );
    });

    test('an installer that fails is told in a sentence', async () => {
      const err = await expectServed(
        missing(`process.stderr.write('TypeError: fetch failed\\n    at x', () => process.exit(1));`),
      );
      expect(err).toMatch(
        /^Fetching Electron \d+\.\d+\.\d+, which is needed once .*…\nElectron could not be fetched: its download could not be reached \([^)]*ELECTRON_MIRROR can name another source[^)]*\), so the interface is served to a browser instead\.\n$/,
      );
    });

    test('an installer that hangs is given up', async () => {
      const err = await expectServed(missing('setInterval(() => {}, 1000);', { CORELOOM_FETCH_LIMIT_S: '1' }));
      expect(err).toContain('Electron could not be fetched: nothing arrived for 1 s (');
    });

    test('Ctrl-C while it is fetched ends everything', async () => {
      const running = missing('process.on("SIGINT", () => {}); setInterval(() => {}, 1000);');
      await running.said(/Fetching Electron/);
      const beneath = await expect
        .poll(() => descendants(running.pid), { timeout: 10_000 })
        .not.toEqual([])
        .then(() => descendants(running.pid));
      running.signalGroup('SIGINT');
      const { code, out } = await running.ended;
      expect({ code, out }).toEqual({ code: 130, out: '' });
      await expect.poll(() => beneath.filter(isRunning), { timeout: 5_000 }).toEqual([]);
    });
  });
});
