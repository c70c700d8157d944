import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { chmodSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  checkout,
  checkoutWithInstaller,
  expectServed,
  npmStart,
  program,
  saysAndEnds,
  showsWindow,
  type Started,
} from './npm-start';
import { failingSandbox } from '../support/electron/failing-sandbox';
import { temporaryFolder } from '../support/folder';

/** Wherever it is started, `npm start` ends in a window, or in one clear sentence with a remedy, within its limits. */
const INSTEAD = ', so the interface is served to a browser instead.\n';
const TRAP = "process.kill(process.pid, 'SIGTRAP')";

/** The commands that let the sandbox work, the profile where AppArmor forbids it, and the sentence. */
const FORBIDDEN =
  /^Electron’s sandbox helper must be owned by root and setuid root\. .*\n {2}sudo chown root:root '.*chrome-sandbox'\n {2}sudo chmod 4755 '.*chrome-sandbox'\n(?:(?:Or install an AppArmor profile| {2}|and load them).*\n)*Electron did not start: its sandbox is not permitted on this system, so the interface is served to a browser instead\.\n$/;

/** Electron's program, which runs as this script; its switches are its arguments. */
const electron = (script: string): string => program('electron', script);
const started =
  (script: string, args: string[] = []) =>
  (): Started => ({
    args,
    env: { ELECTRON_EXEC_PATH: electron(script) },
  });

/** A proxy for HTTPS: answers each request to connect in these words, or never. */
async function proxy(answer: string | null): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket
      .on('error', () => undefined)
      .once('data', (request) => {
        asked.push(String(request).split('\r\n')[0] ?? '');
        if (answer !== null) socket.end(answer);
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `http://me:secret@127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked };
}

/** An installer that asks for Electron through the proxy, where it was told that there is one, and installs what shows a window. */
const INSTALLER = `
const { writeFileSync, mkdirSync, chmodSync } = require('node:fs');
const { join } = require('node:path');
const { connect } = require('node:net');
if (process.env.ELECTRON_GET_USE_PROXY !== 'true') throw new Error('no route');
const { hostname, port } = new URL(process.env.HTTPS_PROXY);
const socket = connect(port, hostname, () => socket.write('CONNECT github.com:443 HTTP/1.1\\r\\n\\r\\n'));
socket.once('data', (answer) => {
  if (!String(answer).includes(' 200 ')) throw new Error('the proxy said ' + String(answer).split('\\r\\n')[0]);
  mkdirSync(join(__dirname, 'dist'));
  writeFileSync(join(__dirname, 'dist/version'), '45.5.0');
  writeFileSync(join(__dirname, 'dist/electron'), ${JSON.stringify(`#!${process.execPath}\n${showsWindow()}`)});
  chmodSync(join(__dirname, 'dist/electron'), 0o755);
  writeFileSync(join(__dirname, 'path.txt'), 'electron');
  socket.end();
});
`;

describe.runIf(process.platform === 'linux')('npm start', () => {
  test('with a display ends in a window, and then with the app', async () => {
    const { code, err, out } = await npmStart(started(showsWindow())()).ended;
    expect({ code, err, out }).toEqual({ code: 0, err: '', out: '' });
    expect((await npmStart(started(showsWindow(3))()).ended).code).toBe(3);
  });

  test.each<[string, () => Started, string | RegExp]>([
    [
      'with no display',
      () => ({ env: { DISPLAY: undefined } }),
      `There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)${INSTEAD}`,
    ],
    [
      'with a display that does not answer',
      started(saysAndEnds('[1:0101/ERROR:ozone_platform_x11.cc(250)] Missing X server or $DISPLAY\n', TRAP)),
      `Electron did not start: the display cannot be reached${INSTEAD}`,
    ],
    [
      'as root',
      () => ({ env: { ELECTRON_EXEC_PATH: failingSandbox('root') } }),
      `Electron did not start: its sandbox cannot be used by the root user; start Coreloom as another user${INSTEAD}`,
    ],
    ['with a sandbox that fails', () => ({ env: { ELECTRON_EXEC_PATH: failingSandbox('helper') } }), FORBIDDEN],
    ['with no sandbox that works', () => ({ env: { ELECTRON_EXEC_PATH: failingSandbox('namespaces') } }), FORBIDDEN],
    [
      'with an Electron whose libraries are missing',
      started(
        saysAndEnds(
          'electron: error while loading shared libraries: libnss3.so: cannot open shared object file\n    at dump\n',
          'process.exit(127)',
        ),
      ),
      `Electron did not start: the system library libnss3.so is missing${INSTEAD}`,
    ],
    [
      'with an Electron that fails for a reason that nobody knows',
      started(saysAndEnds('GPU process is unusable. Goodbye.\n    at dump\n', 'process.exit(1)')),
      `Electron did not start: it ended with code 1 before its window was open; its last output was "GPU process is unusable. Goodbye"${INSTEAD}`,
    ],
    [
      'with a program that never shows a window',
      started('setInterval(() => {}, 1000);', ['--wait', '0.6']),
      `Electron is running, but its window has not opened after 0.2 s. If it does not open within 0.6 s, the interface is served to a browser instead.\nElectron did not start: its window did not open within 0.6 s${INSTEAD}`,
    ],
    [
      'with a program that ends well and never showed a window',
      started('process.exit(0);'),
      `Electron did not start: it ended with code 0 before its window was open${INSTEAD}`,
    ],
  ])('%s ends in one sentence, and in a browser', async (_, options, said) => {
    const err = await expectServed(npmStart(options()));
    if (typeof said === 'string') expect(err).toBe(said);
    else expect(err).toMatch(said);
  });

  test('with a program that may not be run ends in one sentence', async () => {
    const file = electron('');
    chmodSync(file, 0o644);
    expect(await expectServed(npmStart({ env: { ELECTRON_EXEC_PATH: file } }))).toBe(
      `Electron did not start: its program cannot be run (EACCES)${INSTEAD}`,
    );
  });

  describe('behind a proxy', () => {
    test('fetches Electron through it, and ends in a window', async () => {
      const { url, asked } = await proxy('HTTP/1.1 200 Connection established\r\n\r\n');
      const { code, err } = await npmStart({ root: checkout(INSTALLER), env: { HTTPS_PROXY: url } }).ended;
      expect({ code, err }).toEqual({
        code: 0,
        err: expect.stringMatching(/^Downloading Electron 45\.5\.0 \(.*\)…\n$/) as string,
      });
      expect(asked).toEqual(['CONNECT github.com:443 HTTP/1.1']);
    });

    test.each([
      ['that refuses', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'the download failed: the proxy said HTTP/1.1 403 Forbidden'],
      ['that never answers', null, 'no data was received for 3 s'],
    ])('%s ends in one sentence, which names the proxy and no password', async (_, answer, reason) => {
      const { url } = await proxy(answer);
      const env = { HTTPS_PROXY: url, CORELOOM_FETCH_LIMIT_S: '3' };
      const err = await expectServed(npmStart({ root: checkout(INSTALLER), env }));
      expect(err.split('\n')[1]).toMatch(
        `Electron could not be downloaded: ${reason} (the proxy in HTTPS_PROXY was used; set ELECTRON_MIRROR to use another source`,
      );
      expect(err).not.toContain('secret');
    });

    test('Electron’s own installer asks the proxy, and nothing else', async () => {
      const { url, asked } = await proxy('HTTP/1.1 403 Forbidden\r\n\r\n');
      const env = { HTTPS_PROXY: url, electron_config_cache: temporaryFolder() };
      const err = await expectServed(npmStart({ root: checkoutWithInstaller(), env }));
      expect(asked[0]).toBe('CONNECT github.com:443 HTTP/1.1');
      expect(err).toContain('(the proxy in HTTPS_PROXY was used; ');
    });
  });
});
