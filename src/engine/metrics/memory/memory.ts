import { freemem, totalmem } from 'node:os';
import { inOrder, type ByExecutor, type ExecutorMemory, type MemorySample } from '../../../contract';
import type { WatchedWorker } from '../types';
import { createBaselines } from './baselines';
import type { ProcessMemory } from './process-memory';

export interface MemoryOptions {
  /** Memory of a process; null where not known. */
  readProcess: (pid: number) => ProcessMemory | null;
  /** Total and used memory of the system. */
  readSystem?: () => { totalBytes: number; usedBytes: number };
  /** A process that may come to host threads: what it holds before it has any is remembered. */
  host: number;
  /** A clock for how long a reading takes, ms; replaced in tests. */
  clockMs?: () => number;
}

export interface MemoryReader {
  watch(workers: readonly WatchedWorker[], nowMs: number): void;
  /** To be called at each tick: reads at most one process, and answers a sample once a second, else null. */
  tick(nowMs: number): MemorySample | null;
}

const PERIOD_MS = 1000;
/** Times as long as a reading took nothing more is read: it costs at most half a percent of a core, however large processes are. */
const REST = 200;
const LONGEST_REST_MS = 2000;

/** Used is total less what the system could hand out without swapping (MemAvailable on Linux). */
function systemMemory(): { totalBytes: number; usedBytes: number } {
  const totalBytes = totalmem();
  return { totalBytes, usedBytes: totalBytes - freemem() };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

/**
 * Memory by executor. Reading one process costs a millisecond or more, so a tick reads at most one, the one read longest
 * ago, and then rests: about four are read each second; means are over the ones read so far.
 */
export function createMemoryReader({
  readProcess,
  readSystem = systemMemory,
  host,
  clockMs = () => performance.now(),
}: MemoryOptions): MemoryReader {
  let workers: readonly WatchedWorker[] = [];
  let sampledMs = -Infinity;
  let restUntilMs = -Infinity;
  const read = new Map<number, { atMs: number; memory: ProcessMemory | null }>();
  const baselines = createBaselines();

  function readOne(nowMs: number): void {
    if (nowMs < restUntilMs) return;
    const pids = new Set([host, ...workers.map((worker) => worker.pid)]);
    for (const pid of read.keys()) if (!pids.has(pid)) read.delete(pid);
    const [pid] = [...pids].sort((a, b) => (read.get(a)?.atMs ?? -Infinity) - (read.get(b)?.atMs ?? -Infinity));
    if (pid === undefined || nowMs - (read.get(pid)?.atMs ?? -Infinity) < PERIOD_MS) return;
    const beganMs = clockMs();
    const memory = readProcess(pid);
    restUntilMs = nowMs + Math.min(LONGEST_REST_MS, (clockMs() - beganMs) * REST);
    read.set(pid, { atMs: nowMs, memory });
    if (memory !== null) baselines.seen(pid, memory.residentBytes, nowMs);
  }

  function processes(list: readonly WatchedWorker[]): ExecutorMemory {
    const known = list.flatMap(({ pid }) => read.get(pid)?.memory ?? []);
    return {
      workers: list.length,
      residentBytesPerWorker: mean(known.map((memory) => memory.residentBytes)),
      proportionalBytesPerWorker: mean(known.flatMap((memory) => memory.proportionalBytes ?? [])),
    };
  }

  function threads(list: readonly WatchedWorker[]): ExecutorMemory {
    if (list.some(({ shared }) => shared === true))
      return { workers: list.length, residentBytesPerWorker: null, proportionalBytesPerWorker: null };
    const pids = [...new Set(list.map(({ pid }) => pid))];
    const growths = pids.map((pid) => {
      const now = read.get(pid);
      if (!now?.memory) return null;
      // A process that is there for its threads alone is all theirs.
      return pid === host ? baselines.growth(pid, now.memory.residentBytes, now.atMs) : now.memory.residentBytes;
    });
    const proportional = pids
      .map((pid) => (pid === host ? null : (read.get(pid)?.memory?.proportionalBytes ?? null)))
      .filter((bytes) => bytes !== null);
    const known = growths.filter((growth) => growth !== null);
    const complete = known.length === growths.length;
    const grownBytes = known.reduce((sum, growth) => sum + growth, 0);
    return {
      workers: list.length,
      residentBytesPerWorker: complete ? Math.round(grownBytes / list.length) : null,
      proportionalBytesPerWorker:
        proportional.length === pids.length
          ? Math.round(proportional.reduce((sum, bytes) => sum + bytes, 0) / list.length)
          : null,
    };
  }

  function byExecutor(): ByExecutor<ExecutorMemory> {
    const result: ByExecutor<ExecutorMemory> = {};
    for (const executor of inOrder(workers.map((worker) => worker.executor))) {
      const list = workers.filter((worker) => worker.executor === executor);
      if (list.length > 0) result[executor] = list[0]?.kind === 'thread' ? threads(list) : processes(list);
    }
    return result;
  }

  return {
    watch(next, nowMs) {
      workers = next;
      baselines.hosts(
        new Set(next.filter(({ kind, pid }) => kind === 'thread' && pid === host).map(({ pid }) => pid)),
        nowMs,
      );
    },
    tick(nowMs) {
      readOne(nowMs);
      if (nowMs - sampledMs < PERIOD_MS - 10) return null;
      sampledMs = nowMs;
      return { ...readSystem(), byExecutor: byExecutor() };
    },
  };
}
