import type { CrossCheck } from './sample';
import { points } from './figures';
import type { CoreComparison } from './schemas';

/** The same of all cores together. */
export interface Apart {
  /** Of the core with the most. */
  readings: number;
  mean: number;
  worst: number;
  worstCore: number;
}

/** Beyond this mean distance one of the two is not to be relied on. */
const FAR_APART = 0.05;
/** Seconds that say something of a mean distance. */
const ENOUGH_READINGS = 5;

interface Sums {
  readings: number;
  kernel: number;
  systeminformation: number;
  apart: number;
  worst: number;
}

/** Sums up readings, each as it comes: nothing of them is kept. */
export interface CrossCheckSums {
  add(check: CrossCheck): void;
  cores(): CoreComparison[];
}

export function createCrossCheckSums(): CrossCheckSums {
  const byCore = new Map<number, Sums>();

  function addCore(core: number, systeminformation: number | null, kernel: number | null): void {
    const sums = byCore.get(core) ?? { readings: 0, kernel: 0, systeminformation: 0, apart: 0, worst: 0 };
    byCore.set(core, sums);
    if (systeminformation === null || kernel === null) return;
    const apart = Math.abs(systeminformation - kernel);
    sums.readings++;
    sums.kernel += kernel;
    sums.systeminformation += systeminformation;
    sums.apart += apart;
    sums.worst = Math.max(sums.worst, apart);
  }

  return {
    add({ cores, utilization, kernel }) {
      cores.forEach((core, at) => {
        addCore(core, utilization[at] ?? null, kernel[at] ?? null);
      });
    },
    cores() {
      return [...byCore]
        .sort(([a], [b]) => a - b)
        .map(([core, sums]) => {
          const mean = (sum: number): number | null => (sums.readings === 0 ? null : sum / sums.readings);
          return {
            core,
            readings: sums.readings,
            kernel: mean(sums.kernel),
            systeminformation: mean(sums.systeminformation),
            meanApart: mean(sums.apart),
            worstApart: sums.readings === 0 ? null : sums.worst,
          };
        });
    },
  };
}

/** How far the two sources were apart on all cores together; null where no second of any core was known to both. */
export function apartOf(cores: readonly CoreComparison[]): Apart | null {
  let [readings, sum, worst, worstCore, most] = [0, 0, -1, 0, 0];
  for (const { core, readings: own, meanApart, worstApart } of cores) {
    if (meanApart === null || worstApart === null) continue;
    readings += own;
    sum += meanApart * own;
    most = Math.max(most, own);
    if (worstApart > worst) [worst, worstCore] = [worstApart, core];
  }
  return readings === 0 ? null : { readings: most, mean: sum / readings, worst, worstCore };
}

/** In words: `1.2 points apart on average, 4.8 points at worst (core 3)`. A point is a hundredth of one core. */
export function apartWords({ mean, worst, worstCore }: Apart): string {
  return `${points(mean)} apart on average, ${points(worst)} at worst (core ${String(worstCore)})`;
}

/** Why the two may be apart though neither errs. */
export const WHY_APART = 'systeminformation leaves out waiting for disks, soft interrupts and what a hypervisor takes';

/** Whether the two were so far apart, for long enough, that it has to be said. */
export function farApart(apart: Apart | null): boolean {
  return apart !== null && apart.readings >= ENOUGH_READINGS && apart.mean > FAR_APART;
}
