import { spawn } from 'node:child_process';

/** What Electron's main process sends when its window can be seen. */
export const WINDOW_READY = 'coreloom:window-ready';

/** An end with an error within this time, before the window was seen, is a failed start. */
const START_MS = 15_000;

/** A stuck Electron is ended by force this long after it was asked to end. */
const END_MS = 12_000;

/**
 * Runs the desktop app until it ends. Answers `{ state: 'ended', code }`, or `{ state: 'not-started', reason }` with half
 * a sentence where it never came to a window. Aborting `signal` ends it.
 */
export async function launchElectron({ program, root, env = process.env, signal, startMs = START_MS }) {
  const own = { ...env };
  // Set by some editors' terminals: Electron would start as plain Node.
  delete own.ELECTRON_RUN_AS_NODE;
  const child = spawn(program, [root], { env: own, stdio: ['inherit', 'inherit', 'pipe', 'ipc'] });
  let error = null;
  const stop = () => end(child);
  signal?.addEventListener('abort', stop);
  const started = watchStart(child, startMs);
  const [code, ended] = await new Promise((resolve) => {
    child.on('error', (failure) => {
      error = failure;
      resolve([-1, null]);
    });
    child.on('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
  });
  signal?.removeEventListener('abort', stop);
  const { inTime, said } = started.finish();
  if (error !== null) return { state: 'not-started', reason: `its program cannot be run (${error.code ?? error.message})` };
  if (inTime && code !== 0 && !signal?.aborted) return { state: 'not-started', reason: why(said, code, ended) };
  return { state: 'ended', code: code ?? 1 };
}

/** Holds back what Electron says while it starts: where it fails, its dumps are for nobody. */
function watchStart(child, startMs) {
  let said = '';
  let starting = true;
  const begun = () => {
    if (!starting) return;
    starting = false;
    clearTimeout(timer);
    process.stderr.write(said);
  };
  const timer = setTimeout(begun, startMs);
  child.on('message', (message) => {
    if (message === WINDOW_READY) begun();
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    if (starting) said = `${said}${chunk}`.slice(-20_000);
    else process.stderr.write(chunk);
  });
  return {
    finish() {
      clearTimeout(timer);
      return { inTime: starting, said };
    },
  };
}

function end(child) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  child.once('close', () => clearTimeout(timer));
}

const CAUSES = [
  [/error while loading shared libraries: ([^\s:]+)/, (match) => `the system library ${match[1]} is missing`],
  [/running as root without --no-sandbox/i, () => 'it does not run as root'],
  [/sandbox helper binary|no usable sandbox|setuid sandbox/i, () => 'its sandbox is not permitted on this system'],
  [/missing x server|cannot open display|unable to open x display|failed to connect to wayland/i, () => 'the display cannot be reached'],
  [/exec format error|cannot execute/i, () => 'it was made for another kind of machine'],
];

function why(said, code, ended) {
  for (const [pattern, reason] of CAUSES) {
    const match = pattern.exec(said);
    if (match) return reason(match);
  }
  return ended ? `it ended by ${ended} before its window was open` : `it ended with code ${code} before its window was open`;
}
