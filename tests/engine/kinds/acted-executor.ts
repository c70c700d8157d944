import { CoreloomError, type ExecutorKey, type WorkerStatus } from '../../../src/contract';
import type { Executor, ExecutorEvent, TaskSource } from '../../../src/engine/executor';
import type { TaskInput } from '../../../src/engine/workload/workload';

/** One feed of an executor that only acts. */
export interface Act {
  source: TaskSource<TaskInput, number>;
  workers: readonly WorkerStatus[];
  cancelled(): boolean;
  tell(event: ExecutorEvent): void;
  /** Settles a task with what `answer` says; what it throws fails the task. */
  settle(
    task: { argument: TaskInput; worker: number; startedMs: number; finishedMs: number },
    answer: (task: number) => number,
  ): void;
}

/** An executor whose workers are a list alone: `feed` does in this thread what they would. */
export function actedExecutor(name: ExecutorKey, feed: (act: Act) => Promise<void>): Executor<TaskInput, number> {
  const listeners = new Set<(event: ExecutorEvent) => void>();
  let workers: WorkerStatus[] = [];
  let tasks = 0;
  let cancelled = false;
  const tell = (event: ExecutorEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {
    name,
    submit: () => Promise.reject(new CoreloomError('internal', 'Not needed here.')),
    feed(source) {
      cancelled = false;
      const settle: Act['settle'] = (task, answer) => {
        const id = tasks++;
        const stamps = { ...task, id, attempts: 1, queuedMs: task.startedMs };
        try {
          source.settled({ ...stamps, state: 'done', value: answer(id) });
        } catch (error) {
          source.settled({
            ...stamps,
            state: 'failed',
            error: { code: 'task-threw', message: error instanceof Error ? error.message : String(error) },
          });
        }
      };
      return feed({ source, workers, settle, cancelled: () => cancelled, tell });
    },
    resize(count) {
      workers = Array.from({ length: count }, (_, at) => ({
        worker: at + 1,
        state: { state: 'idle' },
        pid: process.pid,
        tid: null,
        settled: 0,
        startUpMs: 1,
        handOverUs: 10,
      }));
      tell({ type: 'resized', desired: count, live: count });
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
