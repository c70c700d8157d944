import type { ExecutorKey } from '../../../../src/contract';
import type { Executor } from '../../../../src/engine/executor';
import type { TaskInput } from '../../../../src/engine/workload/workload';
import { actedExecutor } from '../acted-executor';

/** A clock that only moves when somebody moves it, ms. */
export interface Clock {
  nowMs: number;
}

export interface LawOptions {
  name: ExecutorKey;
  clock: Clock;
  /** Tasks per second with this many workers. */
  throughput(workers: number): number;
  answer?(input: TaskInput, workers: number): number;
  /** Whether a worker dies while this many of them run tasks; asked once a feed. */
  dies?(workers: number): boolean;
}

/** How long tasks are on one worker, ms: many for each window. */
const TASK_MS = 2;

/**
 * An executor whose workers, on a clock of their own, do exactly as many tasks a second as a law says: each takes a task
 * as soon as it is free, and the tasks take as long as that makes them.
 */
export function lawExecutor({
  name,
  clock,
  throughput,
  answer = ({ seed }) => seed,
  dies = () => false,
}: LawOptions): Executor<TaskInput, number> {
  return actedExecutor(name, async ({ source, workers, settle, cancelled, tell }) => {
    const count = workers.length;
    const takesMs = count / (throughput(count) / 1000 / (throughput(1) / 1000) / TASK_MS);
    // They do not all begin at once, nor end.
    const busy = workers.map(({ worker }, at) => ({
      worker,
      argument: source.next(),
      startedMs: clock.nowMs,
      freeMs: clock.nowMs + (takesMs * (at + 1)) / count,
    }));
    await new Promise((resolve) => setImmediate(resolve));
    if (dies(count))
      tell({ type: 'worker-died', worker: 1, atMs: clock.nowMs, code: null, signal: 'SIGKILL', task: null });
    for (;;) {
      const next = busy.filter(({ argument }) => argument !== undefined).sort((a, b) => a.freeMs - b.freeMs)[0];
      if (next?.argument === undefined || cancelled()) return;
      clock.nowMs = next.freeMs;
      const { argument, worker, startedMs, freeMs } = next;
      settle({ argument, worker, startedMs, finishedMs: freeMs }, () => answer(argument, count));
      Object.assign(next, { argument: source.next(), startedMs: clock.nowMs, freeMs: clock.nowMs + takesMs });
    }
  });
}
