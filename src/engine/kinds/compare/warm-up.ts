/** Lists are run no longer than this before a contender is measured, ms. */
export const WARM_UP_MS = 100;
/** Two lists in a row that differ by no more than this, as a share of the longer, are taken for warm. */
const ALIKE = 0.1;

/** Whether a list took as long as the one before it: code is compiled and caches are filled. */
export function isWarm(beforeMs: number | null, listMs: number): boolean {
  return beforeMs !== null && Math.abs(listMs - beforeMs) <= ALIKE * Math.max(listMs, beforeMs);
}
