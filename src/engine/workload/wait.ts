import { setTimeout } from 'node:timers/promises';

/**
 * Waits at least `ms` ms. Timers count whole milliseconds and may fire up to one early, so what is missing is waited
 * for again; in practice it takes up to 2 ms longer, as Python's `time.sleep` never takes less either.
 */
export async function waitAtLeast(ms: number): Promise<void> {
  const endMs = performance.now() + ms;
  for (let leftMs = ms; leftMs > 0; leftMs = endMs - performance.now()) await setTimeout(Math.ceil(leftMs));
}
