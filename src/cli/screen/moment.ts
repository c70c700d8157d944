import { busyClock, keysOf, type ExecutorKey, type Sample } from '../../contract';
import type { Part } from './bar';

/** How long what is drawn is averaged over, ms: single ticks would flicker. */
const WINDOW_MS = 1_000;
/** Rates that are kept, one a second. */
const KEPT_RATES = 60;

export interface CoreMoment {
  core: number;
  /** 0 to 1 of this core. */
  busy: number;
  /** What used it, executors first; all of it is `other` where causes are not known. */
  parts: Part[];
}

/** Shares of one worker's time, 0 to 1; null: not available here. */
export interface WorkerMoment {
  onCore: number | null;
  waitingForCore: number | null;
}

/** What the last second was like. */
export interface Moment {
  cores: CoreMoment[];
  /** Whether it is known what used the cores. */
  attributed: boolean;
  /** The clock of busy cores, MHz, and the temperature, °C; null where they are not known. */
  mhz: number | null;
  celsius: number | null;
  worker(executor: ExecutorKey, worker: number): WorkerMoment | null;
  /** Tasks a second, one value a second, oldest first. */
  rates: readonly number[];
}

/** Follows samples and rates. */
export interface Moments {
  sample(sample: Sample): void;
  rate(elapsedMs: number, perSecond: number): void;
  now(): Moment;
}

export function createMoments(): Moments {
  const samples: Sample[] = [];
  const rates: number[] = [];
  const clockOf = busyClock();
  let nextRateMs = 0;
  let mhz: number | null = null;
  let celsius: number | null = null;
  return {
    sample(sample) {
      const clock = clockOf(sample);
      if (sample.frequencyMhz !== null) mhz = clock?.mhz ?? null;
      celsius = sample.temperatureC ?? celsius;
      samples.push(sample);
      while ((samples[0]?.atMs ?? Infinity) <= sample.atMs - WINDOW_MS) samples.shift();
    },
    rate(elapsedMs, perSecond) {
      if (elapsedMs < nextRateMs) return;
      nextRateMs = elapsedMs + 1_000;
      rates.push(perSecond);
      if (rates.length > KEPT_RATES) rates.shift();
    },
    now: () => ({ ...momentOf(samples), mhz, celsius, rates }),
  };
}

function momentOf(samples: readonly Sample[]): Pick<Moment, 'cores' | 'attributed' | 'worker'> {
  const newest = samples.at(-1);
  // Cores that come and go are seen by what they are now.
  const same = samples.filter(({ cores }) => cores.length === newest?.cores.length);
  const wholeMs = same.reduce((sum, { intervalMs }) => sum + intervalMs, 0);
  const mean = (of: (sample: Sample) => number | undefined): number =>
    wholeMs === 0 ? 0 : same.reduce((sum, one) => sum + (of(one) ?? 0) * one.intervalMs, 0) / wholeMs;
  const attributed = newest !== undefined && newest.byExecutor !== null;
  const keys = keysOf(Object.assign({}, ...same.map(({ byExecutor }) => byExecutor ?? {})) as Record<string, number[]>);
  return {
    attributed,
    cores: (newest?.cores ?? []).map((core, at) => {
      const busy = mean(({ utilization }) => utilization[at]);
      const parts: Part[] = keys.map((cause) => ({
        cause,
        share: mean(({ byExecutor }) => byExecutor?.[cause]?.[at]),
      }));
      const caused = parts.reduce((sum, { share }) => sum + share, 0);
      return { core, busy, parts: [...parts, { cause: 'other', share: Math.max(0, busy - caused) }] };
    }),
    worker: workersOf(same),
  };
}

interface WorkerSums {
  ms: number;
  cpuMs: number | null;
  queueMs: number | null;
}

const added = (sum: number | null, value: number | null): number | null =>
  sum === null || value === null ? null : sum + value;

function workersOf(samples: readonly Sample[]): Moment['worker'] {
  const sums = new Map<string, WorkerSums>();
  for (const { workers, intervalMs } of samples)
    for (const { executor, worker, cpuMs, runQueueMs } of workers) {
      const key = `${executor} ${String(worker)}`;
      const { ms, ...sum } = sums.get(key) ?? { ms: 0, cpuMs: 0, queueMs: 0 };
      sums.set(key, {
        ms: ms + intervalMs,
        cpuMs: added(sum.cpuMs, cpuMs),
        queueMs: added(sum.queueMs, runQueueMs),
      });
    }
  return (executor, worker) => {
    const sum = sums.get(`${executor} ${String(worker)}`);
    if (sum === undefined || sum.ms === 0) return null;
    const share = (ms: number | null): number | null => (ms === null ? null : Math.min(1, ms / sum.ms));
    return { onCore: share(sum.cpuMs), waitingForCore: share(sum.queueMs) };
  };
}
