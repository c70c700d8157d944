import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notStarted, whyNotStarted } from './electron-failure.mjs';
import { asElectron } from './launch-electron.mjs';

const SCRIPT = join(import.meta.dirname, 'print-versions.mjs');

/**
 * Starts Electron, waits until it could show a window, and ends it. Answers `{ state: 'started', versions }` with its
 * `process.versions`, or why it did not start, as `launchElectron` does.
 */
export async function electronVersions({ program, sandbox = true, env = process.env, limitMs = 30_000, signal }) {
  const home = mkdtempSync(join(tmpdir(), 'coreloom-versions-'));
  try {
    const child = spawn(program, [...(sandbox ? [] : ['--no-sandbox']), SCRIPT], {
      env: { ...asElectron(env), CORELOOM_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      signal,
      killSignal: 'SIGKILL',
    });
    return outcome(program, await ended(child), limitMs);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a process wrote, and how it ended. */
async function ended(child) {
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (written.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (written.err = `${written.err}${text}`.slice(-20_000)));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ...written, error }));
    child.on('close', (code, signal) => resolve({ ...written, code, signal, late: child.killed }));
  });
}

function outcome(program, { out, err, error, code, signal, late }, limitMs) {
  if (error !== undefined) return notStarted(`its program cannot be run (${error.code ?? error.message})`);
  if (late) return notStarted(`it was not ready within ${limitMs / 1000} s`);
  const versions = parsed(out);
  return versions === null ? whyNotStarted({ program, said: err, code, signal }) : { state: 'started', versions };
}

/** The line that is the answer: others may write to the same stream. */
function parsed(out) {
  const line = out.split('\n').find((candidate) => candidate.startsWith('{"'));
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
