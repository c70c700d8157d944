import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { buildState, ensureBuilt } from '../../scripts/ensure-built.mjs';
import { ROOT } from '../support/paths';

const RESULTS = ['out/main/cli.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** A stand-in for the build tool: leaves what a build leaves and notes that it ran. */
const TOOL = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
appendFileSync('ran.txt', 'x');
for (const file of ${JSON.stringify(RESULTS)}) { mkdirSync(dirname(file), { recursive: true }); writeFileSync(file, ''); }
`;

/** A project whose sources are an hour old. */
async function project(files: string[], tool = TOOL): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'coreloom-project-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await put(root, 'package.json', '{"type":"module"}');
  await put(root, 'node_modules/electron-vite/bin/electron-vite.js', tool);
  for (const file of files) await put(root, file, '');
  const then = new Date(Date.now() - 3_600_000);
  for (const path of [
    'package.json',
    ...files.filter((file) => file.startsWith('src')),
    ...(files.some((file) => file.startsWith('src')) ? ['src'] : []),
  ]) {
    await utimes(join(root, path), then, then);
  }
  return root;
}

async function put(root: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

test('a published package, which has no sources, builds nothing', async () => {
  expect(buildState(await project(RESULTS))).toBe('published');
});

test('a build is missing where any part of it is', async () => {
  expect(buildState(await project(['src/a.ts', ...RESULTS.slice(1)]))).toBe('missing');
});

test('a build is current until a source changes or goes', async () => {
  const root = await project(['src/a.ts', 'src/b.ts', ...RESULTS]);
  expect(buildState(root)).toBe('current');
  const soon = new Date(Date.now() + 60_000);
  await utimes(join(root, 'src/a.ts'), soon, soon);
  expect(buildState(root)).toBe('stale');
  await rm(join(root, 'src/a.ts'));
  await utimes(join(root, 'src'), soon, soon);
  expect(buildState(root)).toBe('stale');
});

test('what is missing is built, with one line said', async () => {
  const root = await project(['src/a.ts']);
  const said: string[] = [];
  await ensureBuilt({ root, say: (line) => void said.push(line) });
  expect(said).toEqual(['Building Coreloom (needed after every change)…']);
  expect(buildState(root)).toBe('current');
  await ensureBuilt({ root, say: (line) => void said.push(line) });
  expect(said).toHaveLength(1);
});

test('two commands that start at once build once', async () => {
  const root = await project(['src/a.ts']);
  const script = `import { ensureBuilt } from ${JSON.stringify(join(ROOT, 'scripts/ensure-built.mjs'))}; await ensureBuilt({ root: ${JSON.stringify(root)} });`;
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  await Promise.all([start(), start(), start()]);
  expect(await readFile(join(root, 'ran.txt'), 'utf8')).toBe('x');
});

test('the lock of a build that was killed keeps nobody waiting', async () => {
  const root = await project(['src/a.ts']);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await put(root, 'out/.building/pid', String(pid));
  await ensureBuilt({ root, say: () => {} });
  expect(buildState(root)).toBe('current');
  await expect(readdir(join(root, 'out'))).resolves.not.toContain('.building');
});

test('a build that fails says so in a sentence and leaves no lock', async () => {
  const root = await project(['src/a.ts'], 'process.exit(3)');
  await expect(ensureBuilt({ root, say: () => {} })).rejects.toThrow(
    'Coreloom could not be built; see the build output above.',
  );
  await expect(ensureBuilt({ root, say: () => {} })).rejects.toThrow('Coreloom could not be built');
});

test('without its packages it says which command installs them', async () => {
  const root = await project(['src/a.ts']);
  await rm(join(root, 'node_modules'), { recursive: true });
  await expect(ensureBuilt({ root, say: () => {} })).rejects.toThrow(
    `Coreloom cannot be built here yet: run npm ci in ${root} first.`,
  );
});
