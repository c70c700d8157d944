import { spawn } from 'node:child_process';
import { notStarted, whyNotStarted } from './electron-failure.mjs';

/** What Electron's main process sends when its window can be seen. */
export const WINDOW_READY = 'coreloom:window-ready';
/** What it sends where Coreloom is open already: that window comes forward, and this process ends. */
export const ALREADY_OPEN = 'coreloom:already-open';

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
  if (late && !signal?.aborted) return notStarted(`its window did not open within ${seconds(limits.windowMs)}`);
  if (!open && !signal?.aborted) return whyNotStarted({ program, said, code, signal: ended });
  return { state: 'ended', code: code ?? 1 };
}

const seconds = (ms) => `${Number((ms / 1000).toFixed(1))} s`;

/** Holds back what Electron says while it starts: where it fails, its dumps are for nobody. */
function watchStart(child, { limits, say, giveUp }) {
  let said = '';
  let open = false;
  const notice = setTimeout(() => {
    say(
      `Electron is running, but its window has not opened after ${seconds(limits.noticeMs)}. If it does not open within ${seconds(limits.windowMs)}, the interface is served to a browser instead.`,
    );
  }, limits.noticeMs);
  const limit = setTimeout(giveUp, limits.windowMs);
  const stopWaiting = () => {
    clearTimeout(notice);
    clearTimeout(limit);
  };
  child.on('message', (message) => {
    if ((message !== WINDOW_READY && message !== ALREADY_OPEN) || open) return;
    open = true;
    if (message === ALREADY_OPEN) say('Coreloom is already open; switching to its window.');
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
