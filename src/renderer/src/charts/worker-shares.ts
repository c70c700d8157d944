import type { ExecutorName, Sample } from '../../../contract';

/** How an executor's workers spent their time, each 0 to 1 where 1 is every worker the whole time; null: not available. */
export interface WorkerShare {
  onCore: number | null;
  /** Runnable, but without a core. */
  waitingForCore: number | null;
}

/** Sums of one tick for one executor. */
interface Tick {
  atMs: number;
  workerMs: number;
  cpuMs: number | null;
  queueMs: number | null;
}

const WINDOW_MS = 2000;

/** Shares over the last two seconds. */
export interface WorkerShares {
  push(sample: Sample): void;
  of(executor: ExecutorName): WorkerShare | null;
  clear(): void;
}

function sum(values: (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}

/** An empty window. */
export function createWorkerShares(): WorkerShares {
  const ticks = new Map<ExecutorName, Tick[]>();
  return {
    push(sample) {
      for (const list of ticks.values()) while (list[0] && list[0].atMs <= sample.atMs - WINDOW_MS) list.shift();
      for (const [executor, workers] of grouped(sample.workers)) {
        const list = ticks.get(executor) ?? [];
        ticks.set(executor, list);
        list.push({
          atMs: sample.atMs,
          workerMs: sample.intervalMs * workers.length,
          cpuMs: sum(workers.map((worker) => worker.cpuMs)),
          queueMs: sum(workers.map((worker) => worker.runQueueMs)),
        });
      }
    },
    of(executor) {
      const list = ticks.get(executor) ?? [];
      const workerMs = sum(list.map((tick) => tick.workerMs)) ?? 0;
      if (workerMs <= 0) return null;
      const share = (ms: number | null): number | null => (ms === null ? null : ms / workerMs);
      return { onCore: share(sum(list.map((tick) => tick.cpuMs))), waitingForCore: share(sum(list.map((tick) => tick.queueMs))) };
    },
    clear: () => {
      ticks.clear();
    },
  };
}

function grouped(workers: Sample['workers']): Map<ExecutorName, Sample['workers']> {
  const groups = new Map<ExecutorName, Sample['workers']>();
  for (const worker of workers) {
    const group = groups.get(worker.executor);
    if (group) group.push(worker);
    else groups.set(worker.executor, [worker]);
  }
  return groups;
}
