import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach } from 'vitest';
import type { TaskInput } from '../../../src/engine/workload/workload';
import { ENTRIES } from '../../support/paths';

const CHILD = resolve(import.meta.dirname, 'child.mjs');

/** Threads and forks that run tasks of the built task module; they end with the test that started them, the last one first. */
export function realWorkers() {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  return {
    /** Does this too when the test has ended. */
    afterwards: (cleanup: () => unknown): void => void cleanups.push(cleanup),

    async startThread(): Promise<Worker> {
      const thread = new Worker(CHILD, { argv: [ENTRIES.tasks] });
      cleanups.push(() => thread.terminate());
      await once(thread, 'message');
      return thread;
    },

    async startFork(env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
      const child = fork(CHILD, [ENTRIES.tasks], { execArgv: [], env: { ...process.env, ...env } });
      cleanups.push(() => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        return once(child, 'exit');
      });
      await once(child, 'message');
      return child;
    },
  };
}

/** What the worker answers: a task's checksum. */
export async function runIn(worker: Worker | ChildProcess, task: TaskInput): Promise<unknown> {
  const answered = once(worker, 'message');
  if (worker instanceof Worker) worker.postMessage(task);
  else worker.send(task);
  return ((await answered) as unknown[])[0];
}
