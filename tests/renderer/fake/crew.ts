import type {
  ExecutorKey,
  ExecutorProgress,
  LatencySummary,
  TaskBlocks,
  TaskCounts,
  WorkerStatus,
} from '../../../src/contract';
import { lockOf } from './python';
import type { Random } from './random';

/** Blocks are at least this long: shorter tasks are joined. */
const BLOCK_MS = 4;

interface Worker {
  number: number;
  readyMs: number;
  startedMs: number;
  endsMs: number;
  settled: number;
  open: { startMs: number; endMs: number; tasks: number; failed: boolean } | null;
}

/** One executor's drawn workers. */
export interface Crew {
  readonly executor: ExecutorKey;
  readonly desired: number;
  resize(count: number, nowMs: number): void;
  /** Works until the time; answers the blocks that are over. */
  advance(nowMs: number, load: { taskMs: number; stretch: number; failing: number }): TaskBlocks;
  live(nowMs: number): number;
  progress(nowMs: number): ExecutorProgress;
}

export function noBlocks(): TaskBlocks {
  return { executor: [], worker: [], startMs: [], endMs: [], tasks: [], failed: [] };
}

function latency(list: { ms: number }[]): LatencySummary | null {
  if (list.length === 0) return null;
  const sorted = list.map((one) => one.ms).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const meanMs = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
  return {
    count: sorted.length,
    minMs: at(0),
    meanMs,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: sorted.length < 100 ? null : at(0.99),
    maxMs: at(1),
  };
}

export function createCrew(executor: ExecutorKey, random: Random): Crew {
  const startUpMs = executor === 'threads' ? 29 : 47;
  const counts: TaskCounts = { done: 0, failed: 0, retried: 0, cancelled: 0 };
  let workers: Worker[] = [];
  let leaving: Worker[] = [];
  let recent: { atMs: number; ms: number }[] = [];
  let desired = 0;
  let nextNumber = 1;

  const finish = (worker: Worker, blocks: TaskBlocks, load: { failing: number }): void => {
    const failed = random() < load.failing;
    const { startedMs, endsMs } = worker;
    worker.settled++;
    if (failed) counts.failed++;
    else counts.done++;
    if (recent.length < 6000) recent.push({ atMs: endsMs, ms: endsMs - startedMs });
    const open = worker.open ?? { startMs: startedMs, endMs: endsMs, tasks: 0, failed: false };
    worker.open = { startMs: open.startMs, endMs: endsMs, tasks: open.tasks + 1, failed: open.failed || failed };
    if (endsMs - worker.open.startMs < BLOCK_MS) return;
    blocks.executor.push(executor);
    blocks.worker.push(worker.number);
    blocks.startMs.push(worker.open.startMs);
    blocks.endMs.push(endsMs);
    blocks.tasks.push(worker.open.tasks);
    blocks.failed.push(worker.open.failed);
    worker.open = null;
  };
  const begin = (worker: Worker, fromMs: number, load: { taskMs: number; stretch: number }): void => {
    const waits = random() < 0.03 ? load.taskMs * (0.5 + random() * 2) : load.taskMs * 0.02;
    worker.startedMs = fromMs + waits;
    worker.endsMs =
      worker.startedMs + load.taskMs * load.stretch * (0.8 + random() * 0.5 + (random() < 0.03 ? 1.5 : 0));
  };
  const status = (worker: Worker, nowMs: number): WorkerStatus => ({
    worker: worker.number,
    state:
      nowMs < worker.readyMs
        ? { state: 'starting' }
        : nowMs < worker.startedMs
          ? { state: 'idle' }
          : { state: 'running', task: worker.settled, sinceMs: worker.startedMs },
    pid: 1000 + worker.number,
    tid: 2000 + worker.number,
    settled: worker.settled,
    startUpMs: nowMs < worker.readyMs ? null : startUpMs,
    handOverUs: executor === 'threads' ? 9 : 31,
  });

  return {
    executor,
    get desired() {
      return desired;
    },
    resize(count, nowMs) {
      desired = count;
      leaving = [...leaving, ...workers.slice(count)];
      workers = workers.slice(0, count);
      while (workers.length < count) {
        const readyMs = nowMs + startUpMs * (1 + workers.length * 0.1);
        workers.push({ number: nextNumber++, readyMs, startedMs: readyMs, endsMs: 0, settled: 0, open: null });
      }
    },
    advance(nowMs, load) {
      const blocks = noBlocks();
      for (const worker of [...workers, ...leaving]) {
        if (worker.endsMs === 0) begin(worker, worker.readyMs, load);
        while (worker.endsMs <= nowMs) {
          const { endsMs } = worker;
          finish(worker, blocks, load);
          if (leaving.includes(worker)) {
            leaving = leaving.filter((one) => one !== worker);
            break;
          }
          begin(worker, endsMs, load);
        }
      }
      recent = recent.filter((one) => one.atMs > nowMs - 1000);
      return blocks;
    },
    live: (nowMs) => [...workers, ...leaving].filter((worker) => worker.readyMs <= nowMs).length,
    progress(nowMs) {
      const all = [...workers, ...leaving].sort((a, b) => a.number - b.number);
      const running = latency(recent);
      const statuses = all.map((worker) => status(worker, nowMs));
      const lock = lockOf(executor, statuses);
      return {
        executor,
        desired,
        live: all.filter((worker) => worker.readyMs <= nowMs).length,
        queued: all.length * 2,
        counts: { ...counts },
        throughput: recent.length,
        running,
        waiting: running,
        deaths: 0,
        startUpMs: counts.done + counts.failed > 0 ? startUpMs : null,
        handOverUs: counts.done + counts.failed > 0 ? (executor === 'threads' ? 9 : 31) : null,
        cpuMs: null,
        offThreadCpuMs: null,
        ...(lock === undefined ? {} : { lock }),
        workers: statuses,
      };
    },
  };
}
