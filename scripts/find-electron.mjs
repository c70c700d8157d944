import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Nothing arriving for this long, or this long in all, ends the fetching. */
const LIMITS = { stallMs: 20_000, totalMs: 300_000 };
const LOOK_EVERY_MS = 250;

/** The variable that names another Electron than the installed one, or null: electron-vite's, and Electron's own. */
export function namedElectron(env = process.env) {
  return ['ELECTRON_EXEC_PATH', 'ELECTRON_OVERRIDE_DIST_PATH'].find((name) => env[name]) ?? null;
}

/** Electron's program, or null where its binary is not there. Reads what Electron's own installer wrote. */
export function findElectron({ root, env = process.env }) {
  if (env.ELECTRON_EXEC_PATH) return existing(env.ELECTRON_EXEC_PATH);
  const folder = join(root, 'node_modules', 'electron');
  const program = text(join(folder, 'path.txt'));
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return existing(join(env.ELECTRON_OVERRIDE_DIST_PATH, program ?? 'electron'));
  const installed = text(join(folder, 'dist', 'version'))?.replace(/^v/, '');
  // A download of another version is none.
  if (program === null || installed !== electronVersion(root)) return null;
  return existing(join(folder, 'dist', program));
}

export function electronVersion(root) {
  return JSON.parse(text(join(root, 'node_modules', 'electron', 'package.json')) ?? '{}').version ?? null;
}

/**
 * Fetches Electron's binary with its own installer, in a child process. Answers `{ ok: true }`, or `{ ok: false,
 * reason }` with half a sentence. `progress` is called with the bytes that have arrived.
 */
export async function fetchElectron({
  root,
  env = process.env,
  installer,
  progress = () => {},
  limits = LIMITS,
  signal,
}) {
  const script = installer ?? join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(script))
    return { ok: false, reason: 'it is not among the installed packages (npm ci installs them)' };
  // The installer downloads into a temporary folder of its own making: ours, so that it can be measured and removed, and
  // beside the packages, where nobody writes who may not write to those.
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'coreloom-electron-'));
  const growing = [folder, join(root, 'node_modules', 'electron', 'dist')];
  try {
    const own = { ...env, ...proxied(env), TMPDIR: folder, TEMP: folder, TMP: folder, ELECTRON_GET_NO_PROGRESS: '1' };
    const result = await watched({ script, env: own, growing, progress, limits, signal });
    return result.ok || signal?.aborted ? result : { ok: false, reason: `${result.reason}${advice(root, env)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The variable that names a proxy, or undefined. */
const proxyOf = (env) => ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => env[name]);

/** The installer heeds a proxy only where it is told to (@electron/get), and Node's own fetch where this asks for it. */
function proxied(env) {
  return proxyOf(env) === undefined ? {} : { ELECTRON_GET_USE_PROXY: 'true', NODE_USE_ENV_PROXY: '1' };
}

/** What may help where it failed, as the rest of the sentence. An address may hold a password: it is not repeated. */
function advice(root, env) {
  const proxy = proxyOf(env);
  const needed = neededNode(root);
  const old = needed !== undefined && Number(process.versions.node.split('.')[0]) < needed;
  return ` (${[
    proxy === undefined ? 'behind a proxy, set HTTPS_PROXY' : `the proxy in ${proxy} was used`,
    env.ELECTRON_MIRROR
      ? 'the source in ELECTRON_MIRROR was used; set it to another source'
      : 'set ELECTRON_MIRROR to use another source',
    ...(old ? [`its installer needs Node ${needed} or newer, and this is ${process.versions.node}`] : []),
  ].join('; ')})`;
}

/** The major version of Node that Electron's installer wants, or undefined. */
function neededNode(root) {
  const manifest = JSON.parse(text(join(root, 'node_modules', 'electron', 'package.json')) ?? '{}');
  const major = manifest.engines?.node?.match(/\d+/)?.[0];
  return major === undefined ? undefined : Number(major);
}

async function watched({ script, env, growing, progress, limits, signal }) {
  // In a group of its own: its end by the same Ctrl-C could be heard before that, and be taken for a failure.
  const child = spawn(process.execPath, [script], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => (said = `${said}${chunk}`.slice(0, 10_000)));
  let reason = null;
  const give = (why) => {
    reason ??= why;
    child.kill('SIGKILL');
  };
  const started = performance.now();
  let grown = started;
  let bytes = sizeOf(growing);
  const from = bytes;
  const timer = setInterval(() => {
    const now = performance.now();
    const size = sizeOf(growing);
    if (size !== bytes) grown = now;
    bytes = size;
    if (size > from) progress(size - from);
    if (now - grown > limits.stallMs) give(`no data was received for ${limits.stallMs / 1000} s`);
    else if (now - started > limits.totalMs) give(`the download took more than ${limits.totalMs / 1000} s`);
  }, LOOK_EVERY_MS);
  const stop = () => give('it was interrupted');
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const code = await new Promise((resolve) => child.on('error', () => resolve(-1)).on('close', resolve));
  clearInterval(timer);
  signal?.removeEventListener('abort', stop);
  return code === 0 && reason === null ? { ok: true } : { ok: false, reason: reason ?? why(said) };
}

/** The installer's error, or its first line, without its stack. */
function why(said) {
  const lines = said
    .split('\n')
    .map((candidate) => candidate.trim())
    .filter((candidate) => candidate !== '');
  const error = lines.find((candidate) => /^\w*Error\b.*?: /.test(candidate)) ?? lines[0] ?? '';
  const line = error.replace(/^\w*Error\b.*?: /, '');
  if (line === 'fetch failed' || line === '') return 'the download server could not be reached';
  return `the download failed: ${line.replace(/\.$/, '')}`;
}

/** Bytes of all files beneath the folders; what vanishes while it is looked at counts nothing. */
function sizeOf(folders) {
  let bytes = 0;
  for (const folder of folders) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        bytes += entry.isDirectory() ? sizeOf([path]) : statSync(path).size;
      }
    } catch {
      continue;
    }
  }
  return bytes;
}

function text(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

const existing = (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? path : null);
