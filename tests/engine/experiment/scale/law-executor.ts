import { CoreloomError, type ExecutorName, type WorkerStatus } from '../../../../src/contract';
import type { Executor, ExecutorEvent } from '../../../../src/engine/executor';
import type { TaskInput } from '../../../../src/engine/workload/workload';

/** A clock that only moves when somebody moves it, ms. */
export interface Clock {
  nowMs: number;
}

export interface LawOptions {
  name: ExecutorName;
  clock: Clock;
  /** Tasks a second with so many workers. */
  throughput(workers: number): number;
  answer?(input: TaskInput, workers: number): number;
}

/** How long tasks are on one worker, ms: many for each window. */
const TASK_MS = 2;

/**
 * An executor whose workers, on a clock of their own, do exactly as many tasks a second as a law says: each takes a task
 * as soon as it is free, and the tasks take as long as that makes them.
 */
export function lawExecutor({ name, clock, throughput, answer = ({ seed }) => seed }: LawOptions): Executor<TaskInput, number> & { closed: boolean } {
  const listeners = new Set<(event: ExecutorEvent) => void>();
  let workers: WorkerStatus[] = [];
  let tasks = 0;
  let cancelled = false;
  return {
    name,
    closed: false,
    submit: () => Promise.reject(new CoreloomError('internal', 'Not needed here.')),
    async feed(source) {
      cancelled = false;
      const count = workers.length;
      const takesMs = count / (throughput(count) / 1000 / (throughput(1) / 1000) / TASK_MS);
      // They do not all begin at once, nor end.
      const busy = workers.map(({ worker }, at) => ({ worker, argument: source.next(), startedMs: clock.nowMs, freeMs: clock.nowMs + (takesMs * (at + 1)) / count }));
      await new Promise((resolve) => setImmediate(resolve));
      for (;;) {
        const next = busy.filter(({ argument }) => argument !== undefined).sort((a, b) => a.freeMs - b.freeMs)[0];
        if (next?.argument === undefined || cancelled) return;
        clock.nowMs = next.freeMs;
        const stamps = { argument: next.argument, id: tasks++, worker: next.worker, attempts: 1, queuedMs: next.startedMs, startedMs: next.startedMs, finishedMs: next.freeMs };
        try {
          source.settled({ ...stamps, state: 'done', value: answer(next.argument, count) });
        } catch (error) {
          source.settled({ ...stamps, state: 'failed', error: { code: 'task-threw', message: error instanceof Error ? error.message : String(error) } });
        }
        Object.assign(next, { argument: source.next(), startedMs: clock.nowMs, freeMs: clock.nowMs + takesMs });
      }
    },
    resize(wanted) {
      workers = Array.from({ length: wanted }, (_, at) => ({ worker: at + 1, state: { state: 'idle' }, pid: process.pid, tid: null, settled: 0, startUpMs: 1, handOverUs: 10 }));
      for (const listener of listeners) listener({ type: 'resized', desired: wanted, live: wanted });
    },
    ready: () => Promise.resolve(),
    cancelAll() {
      cancelled = true;
      return Promise.resolve();
    },
    drain: () => Promise.resolve(),
    close: () => Promise.resolve(),
    status: () => ({ desired: workers.length, live: workers.length, queued: 0, deaths: 0, workers }),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
