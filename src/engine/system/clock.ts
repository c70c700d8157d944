// Fake timers replace it: a worker takes it before it loads a module of the user.
const { hrtime } = process;

/**
 * Now on the one monotonic clock that every process of this machine shares (CLOCK_MONOTONIC on Linux), in ms with
 * a resolution of about 1 µs: `process.hrtime` counts from the same origin in parent, workers and forked processes.
 */
export function nowMs(): number {
  // Not taken apart: that would call what iterates over lists.
  const time = hrtime();
  return time[0] * 1e3 + time[1] / 1e6;
}

/** A delay for a timer, ms: one that is longer than timers can wait, as `Infinity` is, would be over at once. */
export const timerMs = (delayMs: number): number => Math.min(delayMs, 2 ** 31 - 1);
