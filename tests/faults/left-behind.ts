import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { isRunning } from '../support/processes';
import type { Scene } from './scene';

let last = process.pid;

/** Something that tasks start, told from all else by how long it sleeps. */
export interface Sleepers {
  seconds: string;
  running(): number[];
  /** Waits until none is left. */
  gone(): Promise<void>;
}

export function sleepers(): Sleepers {
  last += 1;
  const seconds = `7${String(last).padStart(7, '0')}`;
  const running = (): number[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => commandOf(pid).includes(seconds) && isRunning(pid));
  return {
    seconds,
    running,
    gone: () => expect.poll(running, { timeout: 10_000, message: 'what tasks started and left' }).toEqual([]),
  };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/** How many are started by a module's first task, at least. */
export const KINDS = 5;

export interface Leaving {
  /** What tasks do besides. */
  then?: string;
  /** Whether one of them has nothing of the worker's environment, nor its session: known by its parent alone. */
  secret?: boolean;
}

/** A module whose first task starts processes in each way that there is, and notes in the file `began` that it has. */
export function javascript(
  place: Scene,
  { seconds }: Sleepers,
  began: string,
  { then = '', secret = true }: Leaving = {},
): string {
  return place.file(
    'leaves.mjs',
    `import { exec, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const sleep = '${seconds}';
export async function task({ index }) {
  if (index === 0) {
    spawn('sleep', [sleep]);
    exec('nohup sleep ' + sleep + ' >/dev/null 2>&1');
    spawn('sleep', [sleep], { detached: true, stdio: 'ignore' }).unref();
    ${secret ? '' : '// '}spawn('/bin/sleep', [sleep], { detached: true, stdio: 'ignore', env: {} }).unref();
    const [orphan, lonely] = ['sleep ' + sleep + ' & :', 'setsid sleep ' + sleep + ' & :'].map((words) => exec(words));
    await Promise.all([orphan, lonely].map((shell) => new Promise((done) => shell.once('exit', done))));
    writeFileSync(${JSON.stringify(began)}, '');
  }
  ${then}
  await new Promise((done) => setTimeout(done, 100));
}
`,
  );
}

export function python(
  place: Scene,
  { seconds }: Sleepers,
  began: string,
  { then = '', secret = true }: Leaving = {},
): string {
  return place.file(
    'leaves.py',
    `import os, subprocess, time
SLEEP = "${seconds}"
def task(input):
    if input["index"] == 0:
        subprocess.Popen(["sleep", SLEEP])
        subprocess.Popen("nohup sleep %s >/dev/null 2>&1" % SLEEP, shell=True)
        subprocess.Popen(["sleep", SLEEP], start_new_session=True)
        ${secret ? '' : '# '}subprocess.Popen(["/bin/sleep", SLEEP], start_new_session=True, env={})
        for words in ("sleep %s & :", "setsid sleep %s & :"):
            subprocess.Popen(words % SLEEP, shell=True).wait()
        open(${JSON.stringify(began)}, "w").close()
    ${then}
    time.sleep(0.1)
`,
  );
}
