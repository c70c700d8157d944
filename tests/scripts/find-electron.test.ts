import { readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder';
import { fetchElectron, findElectron, namedElectron } from '../../scripts/find-electron.mjs';

/** A project with these files of the package electron. */
async function project(files: Record<string, string>): Promise<string> {
  const root = temporaryFolder();
  const all = { 'package.json': '{"version":"45.4.1"}', ...files };
  for (const [name, text] of Object.entries(all)) {
    const file = join(root, 'node_modules/electron', name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}

const INSTALLED = { 'path.txt': 'electron', 'dist/version': '45.4.1', 'dist/electron': '' };

test('the program is where its installer says it is', async () => {
  const root = await project(INSTALLED);
  expect(findElectron({ root, env: {} })).toBe(join(root, 'node_modules/electron/dist/electron'));
});

test.each([
  ['nothing is installed', {}],
  ['the program is missing', { 'path.txt': 'electron', 'dist/version': '45.4.1' }],
  ['unpacking was cut off', { 'dist/version': '45.4.1', 'dist/electron': '' }],
  ['another version is there', { ...INSTALLED, 'dist/version': 'v44.0.0' }],
])('where %s there is none', async (_, files) => {
  expect(findElectron({ root: await project(files as Record<string, string>), env: {} })).toBeNull();
});

test('ELECTRON_OVERRIDE_DIST_PATH names another place', async () => {
  const root = await project(INSTALLED);
  const other = temporaryFolder();
  expect(findElectron({ root, env: { ELECTRON_OVERRIDE_DIST_PATH: other } })).toBeNull();
  await writeFile(join(other, 'electron'), '');
  expect(findElectron({ root, env: { ELECTRON_OVERRIDE_DIST_PATH: other } })).toBe(join(other, 'electron'));
});

test('ELECTRON_EXEC_PATH names the program itself, before all others', async () => {
  const root = await project(INSTALLED);
  const program = join(temporaryFolder(), 'nightly');
  const env = { ELECTRON_EXEC_PATH: program, ELECTRON_OVERRIDE_DIST_PATH: root };
  expect(findElectron({ root, env })).toBeNull();
  await writeFile(program, '');
  expect(findElectron({ root, env })).toBe(program);
  expect(findElectron({ root, env: { ELECTRON_EXEC_PATH: root } })).toBeNull();
  expect(namedElectron(env)).toBe('ELECTRON_EXEC_PATH');
  expect(namedElectron({})).toBeNull();
});

/** The environment of these tests, without what tells of a proxy or another source. */
const {
  HTTPS_PROXY: _1,
  https_proxy: _2,
  HTTP_PROXY: _3,
  http_proxy: _4,
  ELECTRON_GET_USE_PROXY: _5,
  ELECTRON_MIRROR: _6,
  ...PLAIN
} = process.env;
const ADVICE = '(behind a proxy, set HTTPS_PROXY; set ELECTRON_MIRROR to use another source)';

/** Longer than Node needs to start on a busy machine. */
const LIMITS = { stallMs: 10_000, totalMs: 30_000 };

async function installedBy(script: string, limits = LIMITS) {
  const root = await project({ 'install.js': script });
  const seen: number[] = [];
  const result = await fetchElectron({ root, env: PLAIN, limits, progress: (bytes) => void seen.push(bytes) });
  return { root, result, seen };
}

test('an installer that succeeds is believed, and what arrives is told', async () => {
  const { result, seen } = await installedBy(`
    const { writeFileSync, appendFileSync } = require('node:fs');
    const file = require('node:path').join(require('node:os').tmpdir(), 'electron.zip');
    let left = 5;
    const timer = setInterval(() => { appendFileSync(file, 'x'.repeat(1000)); if (!left--) clearInterval(timer); }, 150);
  `);
  expect(result).toEqual({ ok: true });
  expect(seen.at(-1)).toBeGreaterThan(1000);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('it downloads beside the packages, not to where others may write, and what it left behind there is removed', async () => {
  const { root, result } = await installedBy(`
    const folder = require('node:fs').mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'electron-download-'));
    process.stderr.write(folder, () => process.exit(1));
  `);
  expect(result).toEqual({
    ok: false,
    reason: expect.stringContaining(join(root, 'node_modules', '.cache')) as string,
  });
  expect(await readdir(join(root, 'node_modules', '.cache'))).toEqual([]);
});

test.each([
  ['TypeError: fetch failed\\n    at node:internal', 'the download server could not be reached'],
  [
    'Error: Response code 404 (Not Found) for https://example.test/a.zip.\\n at x',
    'the download failed: Response code 404 (Not Found) for https://example.test/a.zip',
  ],
  [
    '/x/install.js:1\\nrequire(y)\\n^\\n\\nError [ERR_REQUIRE_ESM]: require() is not supported.\\n at x',
    'the download failed: require() is not supported',
  ],
  ['', 'the download server could not be reached'],
])('an installer that fails with %j is quoted without its stack', async (said, reason) => {
  const { result } = await installedBy(`process.stderr.write('${said}', () => process.exit(1));`);
  expect(result).toEqual({ ok: false, reason: `${reason} ${ADVICE}` });
});

test('an installer that is made for a later Node says so as it fails', async () => {
  const root = await project({
    'install.js': 'process.exit(1)',
    'package.json': '{"version":"45.4.1","engines":{"node":">= 99.12.0"}}',
  });
  const result = await fetchElectron({
    root,
    limits: LIMITS,
    env: { ...PLAIN, ELECTRON_MIRROR: 'https://mirror.test/', HTTPS_PROXY: 'http://me:secret@proxy.test' },
  });
  expect(result).toEqual({
    ok: false,
    reason: `the download server could not be reached (the proxy in HTTPS_PROXY was used; the source in ELECTRON_MIRROR was used; set it to another source; its installer needs Node 99 or newer, and this is ${process.versions.node})`,
  });
});

test.each([
  ['https_proxy', 'true'],
  ['HTTPS_PROXY', 'true'],
  ['HTTP_PROXY', 'true'],
  ['OTHER', 'undefined'],
])('an installer behind %s is told to use it: %s', async (name, told) => {
  const root = await project({
    'install.js':
      "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'seen'), `${process.env.ELECTRON_GET_USE_PROXY}`);",
  });
  await fetchElectron({ root, limits: LIMITS, env: { ...PLAIN, [name]: 'http://proxy.test:3128' } });
  expect(readFileSync(join(root, 'node_modules/electron/seen'), 'utf8')).toBe(told);
});

test('an installer that gets nothing is given up', async () => {
  const { result } = await installedBy('setInterval(() => {}, 1000);', { stallMs: 500, totalMs: 30_000 });
  expect(result).toEqual({ ok: false, reason: `no data was received for 0.5 s ${ADVICE}` });
});

test('an installer that crawls is given up in the end', async () => {
  const crawl = `
    const file = require('node:path').join(require('node:os').tmpdir(), 'electron.zip');
    setInterval(() => require('node:fs').appendFileSync(file, 'x'), 20);
  `;
  const { result } = await installedBy(crawl, { stallMs: 5_000, totalMs: 1_000 });
  expect(result).toEqual({ ok: false, reason: `the download took more than 1 s ${ADVICE}` });
});

test('an interrupt ends the installer', async () => {
  const root = await project({ 'install.js': 'setInterval(() => {}, 1000);' });
  const controller = new AbortController();
  const fetching = fetchElectron({ root, signal: controller.signal });
  controller.abort();
  expect(await fetching).toEqual({ ok: false, reason: 'it was interrupted' });
});
