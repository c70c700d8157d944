import type { Sample } from './sample';

/** A core counts as busy that idled for no more than half of the time since the reading before: governors lower the clock of others. */
const BUSY_SHARE = 0.5;
/** Within less time it is not known what a governor makes of the load, ms. */
const LEAST_SPAN_MS = 500;

/** The clock of busy cores at one reading. */
export interface BusyClock {
  /** End of the sample that carried it, on the monotonic clock, ms. */
  atMs: number;
  /** Mean of the cores that were busy, MHz. */
  mhz: number;
  /** Each of them. */
  cores: { core: number; mhz: number }[];
}

/**
 * Follows samples and answers the clock of busy cores whenever one carries a reading; null where it carries none, no core
 * was busy since the last one, or the clock of none of these is known.
 */
export function busyClock(): (sample: Sample) => BusyClock | null {
  const busyMs = new Map<number, number>();
  let spanMs = 0;

  function add({ cores, utilization, intervalMs }: Sample): void {
    spanMs += intervalMs;
    for (const [at, core] of cores.entries())
      busyMs.set(core, (busyMs.get(core) ?? 0) + (utilization[at] ?? 0) * intervalMs);
  }

  return (sample) => {
    add(sample);
    const { atMs, frequencyMhz } = sample;
    if (frequencyMhz === null) return null;
    const cores = sample.cores.flatMap((core, at) => {
      const mhz = frequencyMhz[at] ?? null;
      return mhz === null || (busyMs.get(core) ?? 0) < BUSY_SHARE * spanMs ? [] : [{ core, mhz }];
    });
    const long = spanMs >= LEAST_SPAN_MS;
    spanMs = 0;
    busyMs.clear();
    if (!long || cores.length === 0) return null;
    return { atMs, mhz: cores.reduce((sum, { mhz }) => sum + mhz, 0) / cores.length, cores };
  };
}
