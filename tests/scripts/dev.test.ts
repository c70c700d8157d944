import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findElectron } from '../../scripts/find-electron.mjs';
import { temporaryFolder } from '../support/folder';
import { ROOT } from '../support/paths';
import { start, type Running } from '../support/processes';

const electronIsHere = findElectron({ root: ROOT }) !== null;
if (electronIsHere) console.log('Electron’s binary is installed here: what npm run dev says without it is not tried.');

/** `npm run dev` as a real process. */
function npmRunDev(env: Record<string, string | undefined> = {}, args: string[] = []): Running {
  const own = { ...process.env, DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: undefined, ...env };
  return start(process.execPath, [join(ROOT, 'scripts/dev.mjs'), ...args], { cwd: ROOT, env: own });
}

describe.runIf(!electronIsHere)('where Electron is missing', () => {
  test('one sentence says so, and what to do', async () => {
    const { code, out, err } = await npmRunDev({ CORELOOM_NO_DOWNLOAD: '1' }).ended;
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'coreloom: Electron is missing and CORELOOM_NO_DOWNLOAD is set, and npm run dev needs it; npm start shows the interface in a browser.\n',
    });
  });

  test('it is fetched as npm start fetches it, and where that fails it says why', async () => {
    const installer = join(temporaryFolder(), 'install.cjs');
    writeFileSync(installer, `process.stderr.write('Error: no route\\n    at x', () => process.exit(1));`);
    const { code, err } = await npmRunDev({ CORELOOM_ELECTRON_INSTALLER: installer }).ended;
    expect(code).toBe(1);
    expect(err).toMatch(
      /^Downloading Electron .*…\ncoreloom: Electron could not be downloaded: the download failed: no route \([^)]*ELECTRON_MIRROR[^)]*\), and npm run dev needs it; npm start shows .*\.\n$/,
    );
  });
});

test('an Electron that is named and not there is told by its name', async () => {
  const { code, err } = await npmRunDev({ ELECTRON_EXEC_PATH: '/nowhere/electron' }).ended;
  expect({ code, err }).toEqual({
    code: 1,
    err: 'coreloom: ELECTRON_EXEC_PATH is set to /nowhere/electron, but there is no Electron, and npm run dev needs it; npm start shows the interface in a browser.\n',
  });
});

test.runIf(process.platform === 'linux')('without a display it does not try', async () => {
  const { code, err } = await npmRunDev({ DISPLAY: undefined, WAYLAND_DISPLAY: undefined }).ended;
  expect(code).toBe(1);
  expect(err).toMatch(/^coreloom: There is no display here .*; npm start shows the interface in a browser\.\n$/);
});

test.runIf(process.platform !== 'win32')('Electron is run as Electron, with the server of the page', async () => {
  const program = join(temporaryFolder(), 'electron');
  writeFileSync(
    program,
    `#!${process.execPath}\nconsole.log(JSON.stringify([process.argv[2], process.env.ELECTRON_RENDERER_URL, process.env.ELECTRON_RUN_AS_NODE ?? null])); process.exit(7);`,
  );
  chmodSync(program, 0o755);
  const env = { ELECTRON_EXEC_PATH: program, ELECTRON_RUN_AS_NODE: '1' };
  const { code, out } = await npmRunDev(env, ['--rendererOnly']).ended;
  expect(code).toBe(7);
  expect(out).toMatch(/\[".*","http:\/\/localhost:\d+\/?",null\]/);
});
