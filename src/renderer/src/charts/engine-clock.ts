const KEPT = 32;

/** The engine's monotonic clock as seen from the page. */
export interface EngineClock {
  /** A time stamp that has just arrived. */
  observe(engineMs: number): void;
  /** The engine's now, ms; null before the first observation. */
  now(): number | null;
}

/**
 * Both clocks are monotonic with unlike origins. What arrives is late by a varying delay, so the least difference
 * among the recent ones is nearest to the true offset; old ones are forgotten, as a suspended machine moves it.
 */
export function createEngineClock(pageNow: () => number): EngineClock {
  const offsets: number[] = [];
  return {
    observe(engineMs) {
      offsets.push(pageNow() - engineMs);
      if (offsets.length > KEPT) offsets.shift();
    },
    now: () => (offsets.length === 0 ? null : pageNow() - Math.min(...offsets)),
  };
}
