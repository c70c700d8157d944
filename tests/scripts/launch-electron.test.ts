import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ALREADY_OPEN, launchElectron, WINDOW_READY } from '../../scripts/launch-electron.mjs';

/** A program in Electron's place, made of a script. */
async function program(script: string): Promise<{ program: string; root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'coreloom-electron-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'electron'), `#!${process.execPath}\n${script}`);
  await chmod(join(root, 'electron'), 0o755);
  return { program: join(root, 'electron'), root };
}

const failing = (said: string, code = 1) =>
  `process.stderr.write(${JSON.stringify(said)}, () => process.exit(${String(code)}));`;
const READY = `process.send(${JSON.stringify(WINDOW_READY)});`;

test.runIf(process.platform !== 'win32').each([
  [
    '/x/electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file',
    'the system library libgtk-3.so.0 is missing',
  ],
  [
    '[1:FATAL:electron_main_delegate.cc(303)] Running as root without --no-sandbox is not supported.',
    'its sandbox cannot be used by the root user; start Coreloom as another user',
  ],
  [
    'FATAL:setuid_sandbox_host.cc The SUID sandbox helper binary was found, but is not configured correctly.',
    'its sandbox is not permitted on this system',
  ],
  ['ERROR:ozone_platform_x11.cc Missing X server or $DISPLAY', 'the display cannot be reached'],
  ['', 'it ended with code 1 before its window was open'],
  [
    '[1:0101/ERROR:x.cc] Something else.\n#0 0x5581\n    at f (x.js:1)\n\n',
    'it ended with code 1 before its window was open; its last output was "[1:0101/ERROR:x.cc] Something else"',
  ],
])('a start that fails with "%s" is told in words', async (said, reason) => {
  expect(await launchElectron(await program(failing(said)))).toMatchObject({ state: 'not-started', reason });
});

test.runIf(process.platform !== 'win32')(
  'a window that does not open is waited for aloud, and not without end',
  async () => {
    const said: string[] = [];
    const result = await launchElectron({
      ...(await program('setInterval(() => {}, 1000);')),
      limits: { noticeMs: 1000 / 3, windowMs: 1_400 },
      say: (line) => said.push(line),
    });
    expect(result).toMatchObject({ state: 'not-started', reason: 'its window did not open within 1.4 s' });
    expect(said).toEqual([
      expect.stringMatching(
        /^Electron is running, but its window has not opened after 0\.3 s\. If it does not open within 1\.4 s, /,
      ),
    ]);
  },
);

test.runIf(process.platform !== 'win32')('a start that crashes is told with its signal', async () => {
  const result = await launchElectron(
    await program(`process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 1000);`),
  );
  expect(result).toEqual({
    state: 'not-started',
    reason: 'it ended by SIGKILL before its window was open',
    remedy: [],
  });
});

test('a program that cannot be run is told', async () => {
  expect(await launchElectron({ program: '/nowhere/electron', root: tmpdir() })).toEqual({
    state: 'not-started',
    reason: 'its program cannot be run (ENOENT)',
    remedy: [],
  });
});

test.runIf(process.platform !== 'win32')(
  'an app that ends, even with an error, after its window was open, has started',
  async () => {
    expect(await launchElectron(await program(`${READY} setTimeout(() => process.exit(3), 50);`))).toEqual({
      state: 'ended',
      code: 3,
    });
  },
);

test.runIf(process.platform !== 'win32')(
  'an app that ends before its window was open is told, even with code 0',
  async () => {
    expect(await launchElectron(await program('process.exit(0)'))).toMatchObject({
      reason: 'it ended with code 0 before its window was open',
    });
  },
);

test.runIf(process.platform !== 'win32')('an app that is open already has started, and that is said', async () => {
  const said: string[] = [];
  const script = `process.send(${JSON.stringify(ALREADY_OPEN)}, () => process.exit());`;
  const result = await launchElectron({ ...(await program(script)), say: (line) => said.push(line) });
  expect(result).toEqual({ state: 'ended', code: 0 });
  expect(said).toEqual(['Coreloom is already open; switching to its window.']);
});

test.runIf(process.platform !== 'win32')(
  'it starts as Electron, whatever the terminal has set, with the folder of the app',
  async () => {
    const { program: file, root } = await program(
      `require('node:fs').writeFileSync(process.argv[2] + '/seen', String(process.env.ELECTRON_RUN_AS_NODE)); ${READY}`,
    );
    await launchElectron({ program: file, root, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(await readFile(join(root, 'seen'), 'utf8')).toBe('undefined');
  },
);

test.runIf(process.platform !== 'win32')('an interrupt ends it', async () => {
  const controller = new AbortController();
  const app = await program(`${READY} setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(0));`);
  const running = launchElectron({ ...app, signal: controller.signal });
  setTimeout(() => {
    controller.abort();
  }, 300);
  expect(await running).toMatchObject({ state: 'ended' });
});
