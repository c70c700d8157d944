import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { desktopRows, desktopTable, held } from '../../scripts/desktop-table.mjs';
import { electronVersions } from '../../scripts/electron-versions.mjs';
import { findElectronsNode } from '../../scripts/find-node.mjs';
import { testsOf } from '../../scripts/test-results.mjs';
import { temporaryFolder } from '../support/folder';
import { ROOT } from '../support/paths';
import { start, type Ended } from '../support/processes';
import { program, saysAndEnds } from './npm-start';

const VERSIONS = { electron: '45.5.0', chrome: '152.0.1', node: '24.18.1' };
/** An Electron that says what it is made of, and never shows a window. */
const SAYS_VERSIONS = `
if (process.argv.at(-1).endsWith('print-versions.mjs')) console.log('Gtk says this\\n' + JSON.stringify(${JSON.stringify(VERSIONS)}));
else { console.error('no window here'); process.exitCode = 1; }`;

/** `npm run desktop:check` as a real process; nothing of the tests around it is in its environment. */
function check(args: string[], env: Record<string, string | undefined> = {}): Promise<Ended> {
  const outer = Object.keys(process.env).filter((name) => name.startsWith('VITEST') || name.startsWith('CORELOOM_'));
  const own = {
    ...process.env,
    ...Object.fromEntries([...outer, 'NODE_ENV', 'ELECTRON_OVERRIDE_DIST_PATH'].map((name) => [name, undefined])),
    DISPLAY: ':99',
    CORELOOM_HOME: temporaryFolder(),
    ...env,
  };
  return start(process.execPath, [join(ROOT, 'scripts/desktop.mjs'), ...args], { cwd: ROOT, env: own }).ended;
}

const file = (name: string, tests: [string, string | null | undefined][]) => ({
  name: `/p/tests/e2e/${name}.test.ts`,
  status: 'passed',
  assertionResults: tests.map(([status, host], number) => ({ fullName: String(number), status, meta: { host } })),
});

describe('the table', () => {
  const rows = desktopRows(
    testsOf({
      testResults: [
        file('live', [
          ['passed', 'electron'],
          ['failed', 'electron'],
          ['skipped', 'electron'],
        ]),
        file('clients', [
          ['passed', undefined],
          ['passed', 'electron'],
          ['passed', 'electron'],
        ]),
      ],
    }),
  );

  test('counts for each specification and host', () => {
    expect(desktopTable(rows)).toBe(
      [
        '  specification  host      passed  failed  skipped',
        '  clients        –              1       0        0',
        '  clients        electron       2       0        0',
        '  live           electron       1       1        1',
      ].join('\n'),
    );
  });

  test('has held where nothing failed, and something passed on the host that was asked for', () => {
    expect(held(rows, 'electron')).toBe(false);
    const clients = rows.filter(({ spec }) => spec === 'clients');
    expect(held(clients, 'electron')).toBe(true);
    expect(held(clients, 'stand-in')).toBe(false);
    expect(held([], 'electron')).toBe(false);
  });
});

test.each([
  [['--fast'], "Unknown option '--fast'"],
  [['live', '--host=x'], "Unknown option '--host'"],
  [['nothing', 'else'], 'No specification has nothing or else in its name'],
])('wrong usage is told: %j', async (args, message) => {
  const { code, out, err } = await check(args);
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: `coreloom: ${message}; npm run desktop:check -- --help lists the options.\n`,
  });
});

test('--help says what its exit codes are', async () => {
  const { code, out } = await check(['--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/3 nothing was checked/);
});

test('without Electron it says in one sentence what is missing, and has checked nothing', async () => {
  const { code, out, err } = await check([], { ELECTRON_EXEC_PATH: '/nowhere/electron' });
  expect({ code, out, err }).toEqual({
    code: 3,
    out: '',
    err: 'coreloom: ELECTRON_EXEC_PATH is set to /nowhere/electron, but there is no Electron. Nothing was checked.\n',
  });
});

test('without a Node of Electron’s line it says the same of that', async () => {
  const { code, err } = await check(['--stand-in'], { CORELOOM_NODE_24: '/nowhere/node' });
  expect({ code, err }).toEqual({
    code: 3,
    err: 'coreloom: CORELOOM_NODE_24 is /nowhere/node, which is no Node 24. Nothing was checked.\n',
  });
});

describe.runIf(process.platform !== 'win32')('on a program in place of Electron', () => {
  test('that does not start it says why, and what to do', async () => {
    const electron = program(
      'electron',
      saysAndEnds('FATAL: No usable sandbox!\n', "process.kill(process.pid, 'SIGTRAP')"),
    );
    const { code, out, err } = await check([], { ELECTRON_EXEC_PATH: electron });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('sudo chmod 4755');
    expect(err).toMatch(
      /\ncoreloom: Electron does not start here: its sandbox is not permitted on this system\. Nothing was checked\.\n$/,
    );
  });

  test('that shows no window the table says what failed, on which Electron', async () => {
    const { code, out } = await check(['export-pdf', '--no-sandbox'], {
      ELECTRON_EXEC_PATH: program('electron', SAYS_VERSIONS),
    });
    expect(out).toContain('Desktop tests run on Electron itself.');
    expect(out).toContain(
      `\nElectron 45.5.0, Chromium 152.0.1, Node 24.18.1, ${process.platform} ${process.arch}, without its sandbox\n\n  specification`,
    );
    expect(out).toMatch(/\n {2}export-pdf +\S+ +0 +[1-9]/);
    expect(out).toMatch(/\n0 passed, [1-9]\d* failed, \d+ skipped\n$/);
    expect(code).toBe(1);
  });

  test('its versions are what it says, with its sandbox unless that is switched off', async () => {
    const seen = `console.log(JSON.stringify({ electron: process.argv.slice(2).filter((word) => word.startsWith('-')).join(), node: String(process.env.ELECTRON_RUN_AS_NODE) }));`;
    const electron = program('electron', seen);
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    expect(await electronVersions({ program: electron, env })).toEqual({
      state: 'started',
      versions: { electron: '', node: 'undefined' },
    });
    expect(await electronVersions({ program: electron, sandbox: false })).toMatchObject({
      versions: { electron: '--no-sandbox' },
    });
  });

  test('one that never answers is given up, and one that answers nothing is told', async () => {
    const hangs = { program: program('electron', 'setInterval(() => {}, 1000);'), limitMs: 300 };
    expect(await electronVersions(hangs)).toMatchObject({ reason: 'it was not ready within 0.3 s' });
    expect(await electronVersions({ program: program('electron', 'process.exit(0);') })).toMatchObject({
      reason: 'it ended with code 0 before its window was open',
    });
  });

  test('a Node of Electron’s line is known by what it says it is', () => {
    const root = temporaryFolder();
    const of = (version: string) => program('node', `console.log('${version}');`);
    const right = of('v24.1.0');
    expect(findElectronsNode({ root, env: { CORELOOM_NODE_24: right } })).toEqual({
      program: right,
      version: '24.1.0',
    });
    for (const other of ['v22.12.0', 'v240.1.0', 'nothing']) {
      expect(findElectronsNode({ root, env: { CORELOOM_NODE_24: of(other) } }).reason).toMatch(
        /which is no Node 24\.$/,
      );
    }
  });
});
