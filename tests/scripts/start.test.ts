import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning } from '../support/processes';
import { addressOf, browser, checkout, expectServed, npmStart, program, textOf } from './npm-start';

test('npm start -- --help says what it does', async () => {
  const { code, out } = await npmStart({ args: ['--help'] }).ended;
  expect(code).toBe(0);
  expect(out).toContain('--web');
});

test('an unknown option is wrong usage', async () => {
  const { code, err } = await npmStart({ args: ['--wbe'] }).ended;
  expect({ code, err }).toEqual({
    code: 2,
    err: "coreloom: Unknown option '--wbe'; npm start -- --help lists the options.\n",
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('--web serves it without a word about Electron', async () => {
    expect(await expectServed(npmStart({ args: ['--web'], env: { DISPLAY: undefined } }))).toBe('');
  });

  test('where there is a display, it opens in a window of an installed browser, which ends with it', async () => {
    const { path, seen } = browser();
    const running = npmStart({ args: ['--web'], env: { CORELOOM_CHROMIUM: path } });
    const [page = ''] = (await addressOf(running)).split('?token=');
    // Every user of the machine may read a command line: no key is in it.
    await expect.poll(() => textOf(seen).split('\n'), { timeout: 10_000 }).toContain(`--app=${page}`);
    expect(await expectServed(running)).toBe('');
    const profile = /--user-data-dir=(.*)/.exec(readFileSync(seen, 'utf8'))?.[1] ?? '';
    expect(existsSync(profile)).toBe(false);
  });

  test('how long the window is waited for must be a number of seconds', async () => {
    const { code, err } = await npmStart({ args: ['--wait', 'long'] }).ended;
    expect({ code, err }).toEqual({
      code: 2,
      err: 'coreloom: --wait is "long"; it must be a number of seconds up to 3600.\n',
    });
  });

  test.each(['ELECTRON_EXEC_PATH', 'ELECTRON_OVERRIDE_DIST_PATH'])(
    'an Electron that %s names and that is not there is told, and none is fetched',
    async (name) => {
      expect(await expectServed(npmStart({ env: { [name]: '/nowhere' } }))).toBe(
        `${name} is set to /nowhere, but there is no Electron, so the interface is served to a browser instead.\n`,
      );
    },
  );

  test('an Electron that runs is left to run, and ends with Ctrl-C', async () => {
    const started = join(temporaryFolder(), 'started');
    const dist = program(
      'electron',
      `require('node:fs').writeFileSync(${JSON.stringify(started)}, String(process.pid)); process.on('SIGINT', () => {}); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);`,
    );
    const running = npmStart({ env: { ELECTRON_OVERRIDE_DIST_PATH: join(dist, '..') } });
    await expect.poll(() => existsSync(started), { timeout: 20_000 }).toBe(true);
    running.signalGroup('SIGINT');
    const { code, out } = await running.ended;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(isRunning(Number(readFileSync(started, 'utf8')))).toBe(false);
  });

  describe('where Electron is missing', () => {
    const missing = (installer: string, env: Record<string, string> = {}) =>
      npmStart({ root: checkout(installer), env });

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
        /^Downloading Electron \d+\.\d+\.\d+ \(only once, about 110 MB\)…\nElectron could not be downloaded: the download server could not be reached \([^)]*set ELECTRON_MIRROR to use another source[^)]*\), so the interface is served to a browser instead\.\n$/,
      );
    });

    test('an installer that hangs is given up', async () => {
      const err = await expectServed(missing('setInterval(() => {}, 1000);', { CORELOOM_FETCH_LIMIT_S: '1' }));
      expect(err).toContain('Electron could not be downloaded: no data was received for 1 s (');
    });

    test('Ctrl-C while it is fetched ends everything', async () => {
      const running = missing('process.on("SIGINT", () => {}); setInterval(() => {}, 1000);');
      await running.said(/Downloading Electron/);
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
