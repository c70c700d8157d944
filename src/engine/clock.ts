/**
 * Now on the one monotonic clock that every process of this machine shares (CLOCK_MONOTONIC on Linux), in ms with
 * a resolution of about 1 µs: `process.hrtime` counts from the same origin in parent, workers and forked processes.
 */
export function nowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
