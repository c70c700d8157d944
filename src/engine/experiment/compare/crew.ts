import { CoreloomError } from '../../../contract';
import { nowMs } from '../../clock';
import type { NodeExecutor } from '../live/meter';

/** Workers that do not end in this time are left to the pool, which ends them; ms. */
const GONE_LIMIT_MS = 5_000;

/** Asks for workers and waits until all are ready. Rejects with `worker-start-failed`. */
export async function bringUp(executor: NodeExecutor, workers: number): Promise<{ askedMs: number; readyMs: number }> {
  const askedMs = nowMs();
  executor.resize(workers);
  await executor.ready();
  return { askedMs, readyMs: nowMs() };
}

/** Sends all workers home and waits until the last has gone. Rejects with `internal` where they stay. */
export async function takeDown(executor: NodeExecutor): Promise<{ dismissedMs: number; goneMs: number }> {
  const dismissedMs = nowMs();
  const gone = new Promise<number>((resolve, reject) => {
    const check = (): void => {
      if (executor.status().workers.length === 0) finish(() => resolve(nowMs()));
    };
    const timer = setTimeout(() => finish(() => reject(new CoreloomError('internal', `Workers of ${executor.name} did not end within ${GONE_LIMIT_MS / 1000} s.`))), GONE_LIMIT_MS);
    const off = executor.on(check);
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      off();
      end();
    };
    executor.resize(0);
    check();
  });
  return { dismissedMs, goneMs: await gone };
}
