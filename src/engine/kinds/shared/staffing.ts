import { duration, CoreloomError } from '../../../contract';
import { nowMs } from '../../system/clock';
import type { Executor } from '../../executor';
import type { TaskInput } from '../../workload/workload';

/** Runs the tasks of workloads. */
export type NodeExecutor = Executor<TaskInput, number>;

/** Workers that do not end in this time are left to the pool, which ends them; ms. */
const GONE_LIMIT_MS = 5_000;

/** Asks for workers and waits until all are ready. Rejects with `worker-start-failed`. */
export async function bringUp(executor: NodeExecutor, workers: number): Promise<{ askedMs: number; readyMs: number }> {
  const askedMs = nowMs();
  executor.resize(workers);
  await executor.ready();
  return { askedMs, readyMs: nowMs() };
}

/** Waits until all workers are ready, or those that the system has room for. Rejects where it has room for none, and as the one above. */
export async function comeUp(executors: readonly NodeExecutor[]): Promise<void> {
  const limits = await Promise.all(executors.map((executor) => executor.ready().then(() => null, orLimit)));
  const limit = limits.find((one) => one !== null);
  if (limit !== undefined && !executors.some(hasWorkers)) throw limit;
}

export function hasWorkers(executor: NodeExecutor): boolean {
  return executor.status().live > 0;
}

/** Whether the system had no room for that many workers. */
export function isLimit(error: unknown): error is CoreloomError {
  return error instanceof CoreloomError && error.code === 'worker-limit';
}

function orLimit(error: unknown): CoreloomError {
  if (isLimit(error)) return error;
  throw error;
}

/** Sends all workers home and waits until the last has gone. Rejects with `internal` where they stay. */
export async function takeDown(executor: NodeExecutor): Promise<{ dismissedMs: number; goneMs: number }> {
  const dismissedMs = nowMs();
  executor.resize(0);
  await surplusGone(executor, 0);
  return { dismissedMs, goneMs: nowMs() };
}

/** Asks for exactly that many workers and waits until all are ready and no others are left. Rejects as the two above. */
export async function bringTo(executor: NodeExecutor, workers: number): Promise<void> {
  await bringUp(executor, workers);
  await surplusGone(executor, workers);
}

async function surplusGone(executor: NodeExecutor, workers: number): Promise<void> {
  const gone = (): boolean => executor.status().workers.length <= workers;
  if (gone()) return;
  await new Promise<void>((resolve, reject) => {
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      off();
      end();
    };
    const timer = setTimeout(() => {
      finish(() => {
        reject(
          new CoreloomError('internal', `Workers of ${executor.name} did not end within ${duration(GONE_LIMIT_MS)}.`),
        );
      });
    }, GONE_LIMIT_MS);
    const off = executor.on(() => {
      if (gone()) finish(resolve);
    });
  });
}
