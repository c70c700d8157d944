import type { CrossCheck, Sample } from '../../../contract';
import type { LoadReading } from '../messages';

type Row = Pick<Sample, 'atMs' | 'intervalMs' | 'cores' | 'utilization'>;

/** Puts beside each reading of systeminformation what the samples say of the same time. */
export interface SameTime {
  /** Takes a sample, and the newest reading if there is one; answers a reading that samples have reached the end of, else null. */
  add(row: Row, reading: LoadReading | null): CrossCheck | null;
}

/** Longer than a reading speaks of, and comes after it. */
const KEPT_MS = 6_000;
/** Of the time of a reading that samples cover: less says nothing of all of it. */
const COVERED = 0.98;

function meanOver(rows: readonly Row[], core: number, { fromMs, toMs }: LoadReading): number | null {
  let covered = 0;
  let sum = 0;
  for (const { atMs, intervalMs, cores, utilization } of rows) {
    const value = utilization[cores.indexOf(core)];
    if (value === undefined) continue;
    const overlapMs = Math.min(atMs, toMs) - Math.max(atMs - intervalMs, fromMs);
    covered += overlapMs;
    sum += value * overlapMs;
  }
  return covered >= COVERED * (toMs - fromMs) ? Math.round((sum / covered) * 1e5) / 1e5 : null;
}

/** Samples come a tick after the time they speak of: a reading waits until they have reached its end. */
export function createSameTime(): SameTime {
  const rows: Row[] = [];
  let waiting: LoadReading | null = null;
  return {
    add(row, reading) {
      waiting = reading ?? waiting;
      rows.push(row);
      while (rows[0] && rows[0].atMs <= row.atMs - KEPT_MS) rows.shift();
      if (waiting === null || waiting.toMs > row.atMs) return null;
      const found = waiting;
      waiting = null;
      const same = rows.filter(({ atMs, intervalMs }) => atMs > found.fromMs && atMs - intervalMs < found.toMs);
      return { ...found, kernel: found.cores.map((core) => meanOver(same, core, found)) };
    },
  };
}
