/** Tasks for each worker in the look at how long they take. */
export const PROBE_TASKS = 4;
/** Length of a round of the slowest contender: far above the clock's error, hand-overs and timer ticks. */
const ROUND_MS = 300;
/** At least this many for each worker: fewer would measure how well they divide. */
const LEAST_EACH = 8;
const MOST = 20_000;

/** How many tasks make a round, from the wall time of one on each contender, ms; the same number for each worker. */
export function chooseTasks(wallMsOfOne: readonly number[], workers: number): number {
  const slowestMs = Math.max(1e-3, ...wallMsOfOne);
  const wanted = Math.min(MOST, Math.max(LEAST_EACH * workers, ROUND_MS / slowestMs));
  return Math.ceil(wanted / workers) * workers;
}
