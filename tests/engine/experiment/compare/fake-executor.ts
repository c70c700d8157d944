import { CoreloomError, type ExecutorName, type WorkerStatus } from '../../../../src/contract';
import { nowMs } from '../../../../src/engine/clock';
import type { Executor, ExecutorEvent, TaskSource } from '../../../../src/engine/executor';
import type { TaskInput } from '../../../../src/engine/workload/workload';

export interface FakeOptions {
  name: ExecutorName;
  /** The answer to a task; what it throws fails the task. */
  answer(input: TaskInput, task: number): number;
}

/** An executor that answers at once, in this thread: for what real workers do too seldom. */
export function fakeExecutor({ name, answer }: FakeOptions): Executor<TaskInput, number> {
  const listeners = new Set<(event: ExecutorEvent) => void>();
  let workers: WorkerStatus[] = [];
  let tasks = 0;
  let cancelled = false;
  const settle = (source: TaskSource<TaskInput, number>, argument: TaskInput): void => {
    const id = tasks++;
    const atMs = nowMs();
    const stamps = { argument, id, worker: 1, attempts: 1, queuedMs: atMs, startedMs: atMs, finishedMs: nowMs() };
    try {
      source.settled({ ...stamps, state: 'done', value: answer(argument, id) });
    } catch (error) {
      source.settled({ ...stamps, state: 'failed', error: { code: 'task-threw', message: error instanceof Error ? error.message : String(error) } });
    }
  };
  return {
    name,
    submit: () => Promise.reject(new CoreloomError('internal', 'Not needed here.')),
    async feed(source) {
      cancelled = false;
      await new Promise((resolve) => setImmediate(resolve));
      for (let next = source.next(); next !== undefined && !cancelled; next = source.next()) settle(source, next);
    },
    resize(count) {
      workers = Array.from({ length: count }, (_, at) => ({ worker: at + 1, state: { state: 'idle' }, pid: process.pid, tid: null, settled: 0, startUpMs: 1, handOverUs: 10 }));
      for (const listener of listeners) listener({ type: 'resized', desired: count, live: count });
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
