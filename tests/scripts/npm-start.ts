import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { WINDOW_READY } from '../../scripts/launch-electron.mjs';
import { temporaryFolder } from '../support/folder';
import { OUT, ROOT } from '../support/paths';
import { descendants, isRunning, start, type Running } from '../support/processes';

const ADDRESS = /Coreloom is at (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)\n/;

/** A program made of a script. */
export function program(name: string, script: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, `#!${process.execPath}\n${script}`);
  chmodSync(file, 0o755);
  return file;
}

/** A checkout as `npm ci` leaves it, built: without Electron's binary, and with this in place of Electron's installer. */
export function checkout(installer = 'process.exit(1);'): string {
  const root = temporaryFolder();
  cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
  symlinkSync(OUT, join(root, 'out'), 'junction');
  const electron = join(root, 'node_modules/electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(electron, 'package.json'), '{"version":"45.5.0"}');
  writeFileSync(join(electron, 'install.js'), installer);
  return root;
}

/** The same with Electron's own installer. */
export function checkoutWithInstaller(): string {
  const root = checkout();
  for (const name of ['install.js', 'package.json', 'checksums.json'])
    cpSync(join(ROOT, 'node_modules/electron', name), join(root, 'node_modules/electron', name));
  symlinkSync(join(ROOT, 'node_modules/@electron'), join(root, 'node_modules/@electron'), 'junction');
  return root;
}

/** A browser in an installed one's place: notes what it was asked to open, and stays as long as the pipe to it. */
export function browser(): { path: string; seen: string } {
  const seen = join(temporaryFolder(), 'seen');
  return {
    path: program(
      'chromium',
      `require('node:fs').writeFileSync(${JSON.stringify(seen)}, process.argv.slice(2).join('\\n')); require('node:fs').createReadStream('', { fd: 3 }).resume().on('close', () => process.exit());`,
    ),
    seen,
  };
}

/** The environment of a machine with a display and a browser, and without what names another Electron or a proxy. */
const MACHINE: Record<string, string | undefined> = {
  DISPLAY: ':99',
  WAYLAND_DISPLAY: undefined,
  ELECTRON_EXEC_PATH: undefined,
  ELECTRON_OVERRIDE_DIST_PATH: undefined,
  ELECTRON_MIRROR: undefined,
  ELECTRON_GET_USE_PROXY: undefined,
  HTTPS_PROXY: undefined,
  https_proxy: undefined,
  HTTP_PROXY: undefined,
  http_proxy: undefined,
};

export interface Started {
  args?: string[];
  env?: Record<string, string | undefined>;
  /** The checkout that it is started in. */
  root?: string;
}

/** `npm start` as a real process; in a checkout without Electron's binary unless told otherwise. */
export function npmStart({ args = [], env = {}, root = checkout() }: Started = {}): Running {
  const own = {
    ...process.env,
    ...MACHINE,
    CORELOOM_HOME: temporaryFolder(),
    CORELOOM_CHROMIUM: browser().path,
    ...env,
  };
  return start(process.execPath, [join(root, 'scripts/start.mjs'), ...args], { cwd: root, env: own });
}

/** The address of the page that is served instead of the app. */
export async function addressOf(running: Running): Promise<string> {
  const [, url = ''] = await running.said(ADDRESS);
  return url;
}

/** The page is there, and Ctrl-C ends everything. Answers what was said before. */
export async function expectServed(running: Running): Promise<string> {
  expect((await fetch(await addressOf(running), { redirect: 'error' })).status).toBe(200);
  const beneath = descendants(running.pid);
  running.signalGroup('SIGINT');
  const { code, err } = await running.ended;
  expect(code).toBe(0);
  expect(err).not.toMatch(/^\s+at /m);
  await expect.poll(() => beneath.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  return err;
}

/** Statements with which a program in Electron's place shows its window, stays for a moment, and ends with this code. */
export const showsWindow = (code = 0): string =>
  `process.send(${JSON.stringify(WINDOW_READY)}, () => setTimeout(() => process.exit(${String(code)}), 200));`;

/** Statements with which it says something on standard error, and ends as Electron does. */
export const saysAndEnds = (said: string, end = 'process.exit(1)'): string =>
  `process.stderr.write(${JSON.stringify(said)}, () => ${end});`;

/** What a file that may not be there yet holds. */
export const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
