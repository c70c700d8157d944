/** Totals that only grow, by name and core number, read at one moment. */
export interface Reading {
  atMs: number;
  totals: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** What each total grew by over one tick, smoothed. */
export interface SmoothedTick {
  atMs: number;
  intervalMs: number;
  /** By name and core, ms; a core is there only if it was there at both ends of the tick. */
  grown: Map<string, Map<number, number>>;
}

type Point = { atMs: number; total: number } | null;

/**
 * The total at a reading, averaged over `halfMs` to both sides (straight lines between readings, at most to the
 * neighbours). Because each reading has one such value, which ends one tick and begins the next, the growths of ticks
 * of any length add up to the growth of the raw total: smoothing moves no mean.
 */
export function smoothedTotal(
  before: Point,
  at: { atMs: number; total: number },
  after: Point,
  halfMs: number,
): number {
  if (before === null || after === null) return at.total;
  const reach = Math.min(halfMs, at.atMs - before.atMs, after.atMs - at.atMs);
  if (reach <= 0) return at.total;
  const left = at.total - (at.total - before.total) * (reach / (at.atMs - before.atMs));
  const right = at.total + (after.total - at.total) * (reach / (after.atMs - at.atMs));
  return (left + 2 * at.total + right) / 4;
}

function point(reading: Reading | undefined, name: string, core: number): Point {
  if (reading === undefined) return null;
  const cores = reading.totals.get(name);
  // A name that a reading does not know had not begun to grow; a core that it does not know was not there.
  const total = cores === undefined ? 0 : cores.get(core);
  return total === undefined ? null : { atMs: reading.atMs, total };
}

/** Smoothed totals of `at`. */
function smoothReading(before: Reading | undefined, at: Reading, after: Reading | undefined, halfMs: number): Reading {
  const totals = new Map<string, Map<number, number>>();
  for (const [name, cores] of at.totals) {
    const smoothed = new Map<number, number>();
    for (const [core, total] of cores) {
      const here = { atMs: at.atMs, total };
      smoothed.set(core, smoothedTotal(point(before, name, core), here, point(after, name, core), halfMs));
    }
    totals.set(name, smoothed);
  }
  return { atMs: at.atMs, totals };
}

function grownBetween(start: Reading, end: Reading): SmoothedTick {
  const grown: SmoothedTick['grown'] = new Map();
  for (const [name, cores] of end.totals) {
    const before = start.totals.get(name);
    const deltas = new Map<number, number>();
    for (const [core, total] of cores) {
      const from = before === undefined ? 0 : before.get(core);
      if (from !== undefined) deltas.set(core, Math.max(0, total - from));
    }
    grown.set(name, deltas);
  }
  return { atMs: end.atMs, intervalMs: end.atMs - start.atMs, grown };
}

/**
 * Turns readings into ticks. With `halfMs` above 0 the tick that ended with a reading is answered when the next
 * reading is added (it looks half a window ahead); with 0 at once. Null where there is no tick yet.
 */
export function createSmoother(halfMs: number): (reading: Reading) => SmoothedTick | null {
  let before: Reading | undefined;
  let last: Reading | undefined;
  let ended: Reading | undefined;
  return (reading) => {
    const at = halfMs > 0 ? last : reading;
    const smoothed = at && smoothReading(halfMs > 0 ? before : undefined, at, halfMs > 0 ? reading : undefined, halfMs);
    const tick = smoothed && ended ? grownBetween(ended, smoothed) : null;
    ended = smoothed ?? ended;
    before = last;
    last = reading;
    return tick;
  };
}
