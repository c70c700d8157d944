import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

/** What Electron's main process sends when its window can be seen. */
export const WINDOW_READY = 'coreloom:window-ready';

/** When it is said that the window is waited for, and when it is waited for no more. */
const LIMITS = { noticeMs: 10_000, windowMs: 30_000 };

/** A stuck Electron is ended by force this long after it was asked to end. */
const END_MS = 12_000;

/** An environment in which Electron is Electron: some editors' terminals set a variable with which it starts as plain Node. */
export function asElectron({ ELECTRON_RUN_AS_NODE: _, ...env }) {
  return env;
}

/**
 * Runs the desktop app until it ends. Answers `{ state: 'ended', code }`, or `{ state: 'not-started', reason, remedy }`
 * where it never came to a window: half a sentence, and lines that say what to do where that is known. `say` is given what
 * the user may want to know while the window is waited for. Aborting `signal` ends it.
 */
export async function launchElectron({ program, root, env = process.env, signal, limits = LIMITS, say = () => {} }) {
  const child = spawn(program, [root], { env: asElectron(env), stdio: ['inherit', 'inherit', 'pipe', 'ipc'] });
  let error = null;
  const stop = () => end(child);
  signal?.addEventListener('abort', stop);
  let late = false;
  const giveUp = () => {
    late = true;
    stop();
  };
  const started = watchStart(child, { limits, say, giveUp });
  const [code, ended] = await new Promise((resolve) => {
    child.on('error', (failure) => {
      error = failure;
      resolve([-1, null]);
    });
    child.on('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
  });
  signal?.removeEventListener('abort', stop);
  const { open, said } = started.finish();
  if (error !== null) return notStarted(`its program cannot be run (${error.code ?? error.message})`);
  if (late && !signal?.aborted) return notStarted(`its window did not open within ${limits.windowMs / 1000} s`);
  if (!open && code !== 0 && !signal?.aborted) return why({ program, said, code, ended });
  return { state: 'ended', code: code ?? 1 };
}

const notStarted = (reason, remedy = []) => ({ state: 'not-started', reason, remedy });

/** Holds back what Electron says while it starts: where it fails, its dumps are for nobody. */
function watchStart(child, { limits, say, giveUp }) {
  let said = '';
  let open = false;
  const notice = setTimeout(() => {
    say(
      `Electron is running, but its window has not opened after ${limits.noticeMs / 1000} s; after ${limits.windowMs / 1000} s the interface is served to a browser instead.`,
    );
  }, limits.noticeMs);
  const limit = setTimeout(giveUp, limits.windowMs);
  const stopWaiting = () => {
    clearTimeout(notice);
    clearTimeout(limit);
  };
  child.on('message', (message) => {
    if (message !== WINDOW_READY || open) return;
    open = true;
    stopWaiting();
    process.stderr.write(said);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    if (open) process.stderr.write(chunk);
    else said = `${said}${chunk}`.slice(-20_000);
  });
  return {
    finish() {
      stopWaiting();
      return { open, said };
    },
  };
}

function end(child) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  child.once('close', () => clearTimeout(timer));
}

const NO_SANDBOX = /sandbox helper binary|no usable sandbox|setuid sandbox/i;

const CAUSES = [
  [/error while loading shared libraries: ([^\s:]+)/, (match) => `the system library ${match[1]} is missing`],
  [/running as root without --no-sandbox/i, () => 'its sandbox does not run as root; start it as another user'],
  [NO_SANDBOX, () => 'its sandbox is not permitted on this system'],
  [
    /missing x server|cannot open display|unable to open x display|failed to connect to wayland/i,
    () => 'the display cannot be reached',
  ],
  [/exec format error|cannot execute/i, () => 'it was made for another kind of machine'],
];

function why({ program, said, code, ended }) {
  const remedy = NO_SANDBOX.test(said) ? sandboxRemedy(program, said) : [];
  for (const [pattern, reason] of CAUSES) {
    const match = pattern.exec(said);
    if (match) return notStarted(reason(match), remedy);
  }
  const how = ended
    ? `it ended by ${ended} before its window was open`
    : `it ended with code ${code} before its window was open`;
  const last = lastWords(said);
  return notStarted(last === null ? how : `${how}, and said last "${last}"`);
}

/** Of Electron's own lines, the last that is no stack. */
function lastWords(said) {
  const lines = said.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '' && !/^(at |#\d)/.test(line)).at(-1);
  return last === undefined
    ? null
    : [...last]
        .filter((character) => character >= ' ')
        .join('')
        .replace(/[.\s]+$/, '')
        .slice(0, 200);
}

/** Ubuntu 23.10 and later forbid programs without an AppArmor profile the namespaces of Chromium's sandbox; its helper works without them. */
function sandboxRemedy(program, said) {
  const helper = /make sure that (\S*chrome-sandbox)/.exec(said)?.[1] ?? join(dirname(program), 'chrome-sandbox');
  const path = `'${helper.replaceAll("'", "'\\''")}'`;
  return [
    "To let Electron's sandbox work, its helper must belong to root and run as root; once:",
    `  sudo chown root:root ${path}`,
    `  sudo chmod 4755 ${path}`,
  ];
}
