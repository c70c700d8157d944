import { mapped, type ObserverSample, type Sample } from '../../../contract';
import type { MemoryReader } from '../memory/memory';
import type { SlowReading } from '../messages';
import { place, type Placed, type WorkerUse } from './attribution';
import { createCoreCounters } from './counters';
import type { CpuTimesReader } from './cpu-times';
import { createSameTime } from './same-time';
import { createSmoother } from './smoothing';
import type { OffThread, OffThreadReader } from './off-thread';
import { BUSY, coreUtilization, IDLE } from './utilization';
import type { WorkerTick, WorkerUseReader } from './worker-use';

export interface CollectorOptions {
  firstTick: number;
  /** Half of the window that core counters are averaged over, ms; 0 for none. */
  halfMs: number;
  readCpuTimes: CpuTimesReader;
  workers: WorkerUseReader;
  offThread: OffThreadReader;
  memory: MemoryReader;
  /** What came from the slow thread since it was last asked for; null where nothing new did. */
  takeSlow: () => SlowReading | null;
  /** CPU time of the sampler so far, ms. */
  observerCpuMs: () => number;
  /** Whether the system tells who used a core. */
  attributes: boolean;
}

/** Takes the time of a tick and how late it came, ms; answers the sample that is known now, if any. */
export type Collect = (atMs: number, lateMs: number) => Sample | null;

type Details = { workers: WorkerTick[]; offThread: OffThread; observer: ObserverSample };

const round = (ms: number): number => Math.round(ms * 1e4) / 1e4;
const roundOrNull = (ms: number | null): number | null => (ms === null ? null : round(ms));

function rounded(byExecutor: OffThread['byExecutor']): OffThread['byExecutor'] {
  return mapped(byExecutor, roundOrNull);
}

function workerSample({ executor, worker, cpuMs, runQueueMs, core }: WorkerTick): Sample['workers'][number] {
  return { executor, worker, cpuMs: roundOrNull(cpuMs), runQueueMs: roundOrNull(runQueueMs), core };
}

const uses = (ticks: readonly WorkerTick[]): WorkerUse[] =>
  ticks.flatMap(({ executor, cpuMs, fromCore, core }) => (cpuMs === null ? [] : [{ executor, cpuMs, fromCore, core }]));

/** One tick: reads everything and answers the sample of the tick that is now fully known (see `createSmoother`), if any. */
export function createCollector(options: CollectorOptions): Collect {
  const count = createCoreCounters();
  const smooth = createSmoother(options.halfMs);
  const sameTime = createSameTime();
  let placed: Placed = new Map();
  let pending: Details | null = null;
  let tick = options.firstTick;
  let observerMs = options.observerCpuMs();

  function observe(lateMs: number): Details {
    const workers = options.workers.read();
    const offThread = options.offThread.read();
    const totalMs = options.observerCpuMs();
    const cpuMs = Math.max(0, totalMs - observerMs);
    observerMs = totalMs;
    return {
      workers,
      offThread,
      observer: { cpuMs: round(cpuMs), engineCpuMs: roundOrNull(offThread.engineMs), lateMs: round(lateMs) },
    };
  }

  function finish(
    cores: ReturnType<typeof coreUtilization>,
    { workers, offThread, observer }: Details,
    atMs: number,
  ): Sample {
    const slow = options.takeSlow();
    const ofCores = (values: (number | null)[] | null | undefined): (number | null)[] | null =>
      values ? cores.cores.map((core) => values[core] ?? null) : null;
    return {
      tick: tick++,
      ...cores,
      crossCheck: sameTime.add(cores, slow?.load ?? null),
      frequencyMhz: ofCores(slow?.frequencyMhz),
      temperatureC: slow?.temperatureC ?? null,
      coreTemperatureC: ofCores(slow?.coreTemperatureC),
      memory: options.memory.tick(atMs),
      workers: workers.map(workerSample),
      offThreadCpuMs: rounded(offThread.byExecutor),
      observer,
    };
  }

  return (atMs, lateMs) => {
    const totals = count(options.readCpuTimes());
    const now = observe(lateMs);
    placed = place(placed, uses(now.workers), [...totals.busy.keys()]);
    const smoothed = smooth({
      atMs,
      totals: new Map<string, Map<number, number>>([[BUSY, totals.busy], [IDLE, totals.idle], ...placed]),
    });
    const details = options.halfMs > 0 ? pending : now;
    pending = now;
    return smoothed && details ? finish(coreUtilization(smoothed, options.attributes), details, atMs) : null;
  };
}
