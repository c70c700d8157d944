import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What a build leaves and what it is made of, beside `src`. */
const RESULTS = ['out/main/cli.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const SOURCES = ['package.json', 'electron.vite.config.ts'];

/** A lock older than this was left by a build that was killed. */
const STALE_LOCK_MS = 120_000;

/** `published`: there is nothing to build from. `missing` and `stale` want a build. */
export function buildState(root) {
  const built = RESULTS.map((file) => modifiedMs(join(root, file)));
  if (!existsSync(join(root, 'src'))) return 'published';
  if (built.includes(null)) return 'missing';
  const newest = Math.max(newestMs(join(root, 'src')), ...SOURCES.map((file) => modifiedMs(join(root, file)) ?? 0));
  return Math.min(...built) < newest ? 'stale' : 'current';
}

/** Builds where the build is missing or older than the sources. Throws an error whose message is one sentence. */
export async function ensureBuilt({ root, say = (line) => process.stderr.write(`${line}\n`) }) {
  if (!wantsBuild(root)) return;
  const tool = buildTool(root);
  const release = await lock(join(root, 'out', '.building'));
  try {
    // The process that held the lock may have built it.
    if (wantsBuild(root)) await build(root, tool, say);
  } finally {
    release();
  }
}

/** The program that builds. Throws an error whose message is one sentence where it is not installed. */
export function buildTool(root) {
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(tool)) throw new Error(`Coreloom cannot be built here yet: run npm ci in ${root} first.`);
  return tool;
}

const wantsBuild = (root) => ['missing', 'stale'].includes(buildState(root));

async function build(root, tool, say) {
  say('Building Coreloom (needed after every change)…');
  const child = spawn(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.on('error', () => resolve(-1)).on('close', resolve));
  if (code === 0) return;
  process.stderr.write(output);
  throw new Error('Coreloom could not be built; see the build output above.');
}

/** Two commands that start at once must not build into the same folder. The lock says whose it is: Ctrl-C leaves one behind. */
async function lock(folder) {
  mkdirSync(join(folder, '..'), { recursive: true });
  const owner = join(folder, 'pid');
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const since = modifiedMs(folder);
    if (since !== null && (isGone(owner) || Date.now() - since > STALE_LOCK_MS))
      rmSync(folder, { recursive: true, force: true });
    await wait(100);
  }
}

/** Whether the process that is written in a file has ended; false where nothing is written yet. */
function isGone(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Folders count too: removing a file changes nothing else. */
function newestMs(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestMs(path) : (modifiedMs(path) ?? 0);
  });
  return Math.max(modifiedMs(folder) ?? 0, ...times);
}

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
