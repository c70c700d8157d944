/** Tasks a second over the last second, from counts taken at each tick. */
export interface Rate {
  /** Notes how many there were in all at this time. */
  tick(atMs: number, total: number): number;
  value(): number;
}

const WINDOW_MS = 1_000;

export function createRate(): Rate {
  let ticks: { atMs: number; total: number }[] = [];
  let value = 0;
  return {
    tick(atMs, total) {
      ticks.push({ atMs, total });
      // The window begins at the newest tick that is at least a second old.
      const older = ticks.findLastIndex((tick) => atMs - tick.atMs >= WINDOW_MS);
      if (older > 0) ticks = ticks.slice(older);
      const first = ticks[0];
      const spanMs = first ? atMs - first.atMs : 0;
      value = first && spanMs > 0 ? ((total - first.total) / spanMs) * 1e3 : 0;
      return value;
    },
    value: () => value,
  };
}
