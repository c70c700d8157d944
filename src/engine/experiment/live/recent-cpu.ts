import type { Sample } from '../../../contract';

/** The live finding speaks of the last seconds, so that it follows the sliders. */
const WINDOW_MS = 3_000;

interface Tick {
  intervalMs: number;
  cpuMs: number | null;
  runQueueMs: number | null;
}

/** CPU time and run-queue wait of all workers over the last three seconds. */
export interface RecentCpu {
  sampled(sample: Sample): void;
  sums(): { elapsedMs: number; cpuMs: number | null; runQueueMs: number | null };
  /** Forgets the past: worker counts changed. */
  reset(): void;
}

function sumOrNull(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

export function createRecentCpu(): RecentCpu {
  let ticks: Tick[] = [];
  return {
    sampled(sample) {
      ticks.push({
        intervalMs: sample.intervalMs,
        cpuMs: sumOrNull(sample.workers.map((worker) => worker.cpuMs)),
        runQueueMs: sumOrNull(sample.workers.map((worker) => worker.runQueueMs)),
      });
      let spanMs = ticks.reduce((sum, tick) => sum + tick.intervalMs, 0);
      while (spanMs > WINDOW_MS && ticks.length > 1) spanMs -= ticks.shift()?.intervalMs ?? 0;
    },
    sums: () => ({
      elapsedMs: ticks.reduce((sum, tick) => sum + tick.intervalMs, 0),
      cpuMs: sumOrNull(ticks.map((tick) => tick.cpuMs)),
      runQueueMs: sumOrNull(ticks.map((tick) => tick.runQueueMs)),
    }),
    reset: () => void (ticks = []),
  };
}
