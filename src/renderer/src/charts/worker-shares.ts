import type { ExecutorKey, Sample } from '../../../contract';

/** How an executor's workers spent their time, each 0 to 1 where 1 is every worker the whole time; null: not available. */
export interface WorkerShare {
  onCore: number | null;
  /** CPU time used off the threads that run tasks: may be more than 1. */
  offThread: number | null;
  /** Runnable, but without a core. */
  waitingForCore: number | null;
}

/** Sums of one tick for one executor. */
interface Tick {
  atMs: number;
  workerMs: number;
  cpuMs: number | null;
  offMs: number | null;
  queueMs: number | null;
}

const WINDOW_MS = 2000;
/** A run's workers idle for a while after its end: what came before that is kept too. */
const KEPT_MS = 2 * WINDOW_MS;

/** Shares over two seconds: the last ones in which the executor had workers. */
export interface WorkerShares {
  push(sample: Sample): void;
  /** Null where no tick of the executor lies within the times, ms. */
  of(executor: ExecutorKey, within: { fromMs: number; toMs: number }): WorkerShare | null;
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
  const ticks = new Map<ExecutorKey, Tick[]>();
  return {
    push(sample) {
      for (const [executor, workers] of grouped(sample.workers)) {
        const list = ticks.get(executor) ?? [];
        ticks.set(executor, list);
        while (list[0] && list[0].atMs <= sample.atMs - KEPT_MS) list.shift();
        list.push({
          atMs: sample.atMs,
          workerMs: sample.intervalMs * workers.length,
          cpuMs: sum(workers.map((worker) => worker.cpuMs)),
          offMs: sample.offThreadCpuMs[executor] ?? null,
          queueMs: sum(workers.map((worker) => worker.runQueueMs)),
        });
      }
    },
    of(executor, { fromMs, toMs }) {
      const inside = (ticks.get(executor) ?? []).filter((tick) => tick.atMs > fromMs && tick.atMs <= toMs);
      const newestMs = inside.at(-1)?.atMs ?? 0;
      const list = inside.filter((tick) => tick.atMs > newestMs - WINDOW_MS);
      const workerMs = sum(list.map((tick) => tick.workerMs)) ?? 0;
      if (workerMs <= 0) return null;
      const share = (ms: number | null): number | null => (ms === null ? null : ms / workerMs);
      const offMs = list.flatMap((tick) => tick.offMs ?? []);
      return {
        onCore: share(sum(list.map((tick) => tick.cpuMs))),
        // Unknown for a moment whenever a thread starts or ends.
        offThread: share(offMs.length === 0 ? null : sum(offMs)),
        waitingForCore: share(sum(list.map((tick) => tick.queueMs))),
      };
    },
    clear: () => {
      ticks.clear();
    },
  };
}

function grouped(workers: Sample['workers']): Map<ExecutorKey, Sample['workers']> {
  const groups = new Map<ExecutorKey, Sample['workers']>();
  for (const worker of workers) {
    const group = groups.get(worker.executor);
    if (group) group.push(worker);
    else groups.set(worker.executor, [worker]);
  }
  return groups;
}
