import type { LatencySummary, WorkerStatus } from '../contract';
import type { PoolExecutor } from './executor';
import { createHistogram } from './statistics/histogram';

/** A pool as it is now, and what it did since somebody began to look. Times in ms. */
interface PoolMetrics {
  /** Tasks accepted and not started. */
  queued: number;
  desired: number;
  live: number;
  /** Each worker with its state: starting, idle, running which task since when, stopping. */
  workers: WorkerStatus[];
  /** Workers that ended untold, over the pool's whole life. */
  deaths: number;
  /** From being queued until started; null before the first task. */
  waiting: LatencySummary | null;
  running: LatencySummary | null;
  /** From asking for a worker until it was ready. */
  startUp: LatencySummary | null;
}

export interface PoolObservation {
  read(): PoolMetrics;
  /** Idempotent. */
  stop(): void;
}

/** Begins to count what a pool does; a pool that nobody observes pays nothing for it. */
export function observePool<A, R>(pool: Pick<PoolExecutor<A, R>, 'status' | 'watch' | 'on'>): PoolObservation {
  const waiting = createHistogram();
  const running = createHistogram();
  const startUp = createHistogram();
  const unwatch = pool.watch((queuedMs, startedMs, finishedMs) => {
    waiting.record(startedMs - queuedMs);
    running.record(finishedMs - startedMs);
  });
  for (const { startUpMs } of pool.status().workers) if (startUpMs !== null) startUp.record(startUpMs);
  const off = pool.on((event) => {
    if (event.type === 'worker-ready' && event.startUpMs !== null) startUp.record(event.startUpMs);
  });
  return {
    read() {
      const { queued, desired, live, workers, deaths } = pool.status();
      return {
        queued,
        desired,
        live,
        workers,
        deaths,
        waiting: waiting.summary(),
        running: running.summary(),
        startUp: startUp.summary(),
      };
    },
    stop() {
      unwatch();
      off();
    },
  };
}
