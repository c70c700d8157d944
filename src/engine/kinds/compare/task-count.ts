/** Tasks for each worker in the look at how long they take. */
export const PROBE_TASKS = 4;
/** Length of a round of the slowest contender: far above the clock's error, hand-overs and timer ticks. */
const ROUND_MS = 300;
/** At least this many for each worker: fewer would measure how well they divide. */
const LEAST_EACH = 8;
const MOST = 20_000;

/** A first look at the tasks of a contender. */
export interface Look {
  /** Wall time of one among those that all workers run together, ms. */
  wallMs: number;
  /** How long one runs, ms. */
  runMs: number;
}

/** How many tasks make a round, from a look at each contender; the same number for each worker. */
export function chooseTasks(looks: readonly Look[], workers: number): number {
  const slowestMs = Math.max(1e-3, ...looks.map(({ wallMs }) => wallMs));
  const wanted = Math.min(MOST, Math.max(LEAST_EACH * workers, ROUND_MS / slowestMs));
  return Math.ceil(wanted / workers) * workers;
}
