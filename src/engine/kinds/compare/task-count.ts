import type { WorkloadInfo } from '../../../contract';

/** Tasks for each worker in the look at how long they take. */
export const PROBE_TASKS = 4;
const MOST = 20_000;

/** How long rounds are to be. */
interface Aim {
  /** A round of the slowest contender, ms: far above the clock's error. */
  slowestMs: number;
  /** A round of all contenders together, ms: as many as a verdict needs have to fit into its time. */
  allMs: number;
  /** At least this many tasks for each worker: fewer would measure how well they divide. */
  leastEach: number;
}

const AIM: Aim = { slowestMs: 100, allMs: 300, leastEach: 4 };
const PRECISE: Aim = { slowestMs: 300, allMs: Infinity, leastEach: 8 };

/** Timers end on whole ms: of tasks that wait, a list is at least this long, or has this many tasks for each worker. */
const WAITING = { listMs: 50, each: 8 };

/** Tasks so long that a round of all would take more than this, ms, are fewer: a verdict needs many rounds. */
const LONG_ROUND_MS = 1_000;

/** No task is made shorter than this on the fastest contender, ms: hand-over would count for more than the task. */
const SHORTEST_MS = 2;
/** A round that is longer than it is to be by no more than this is left as it is. */
const SLACK = 1.25;

/** A first look at the tasks of a contender. */
export interface Look {
  /** Wall time of one among those that all workers run together, ms. */
  wallMs: number;
  /** How long one runs, ms. */
  runMs: number;
}

/** What looks would have shown of tasks that take this share of the time. */
export function shortened(looks: readonly Look[], share: number): Look[] {
  return looks.map(({ wallMs, runMs }) => ({ wallMs: wallMs * share, runMs: runMs * share }));
}

/** Whether tasks of a workload wait rather than compute, which timers then end. */
export function waits({ kind }: Pick<WorkloadInfo, 'kind'>): boolean {
  return kind === 'io' || kind === 'mixed';
}

/** What a round is made for. */
export interface RoundChoice {
  workers: number;
  precise: boolean;
  /** Tasks wait rather than compute. */
  waits: boolean;
}

const wallsOf = (looks: readonly Look[]): number[] => looks.map(({ wallMs }) => Math.max(1e-3, wallMs));
const slowestOf = (looks: readonly Look[]): number => Math.max(1e-3, ...wallsOf(looks));
const togetherOf = (looks: readonly Look[]): number => wallsOf(looks).reduce((sum, ms) => sum + ms, 0);
const fastestOf = (looks: readonly Look[]): number => Math.min(...wallsOf(looks));

/** How many tasks make a round, from a look at each contender; the same number for each worker. */
export function chooseTasks(looks: readonly Look[], choice: RoundChoice): number {
  const { slowestMs, allMs } = choice.precise ? PRECISE : AIM;
  const fitting = Math.min(slowestMs / slowestOf(looks), allMs / togetherOf(looks));
  const wanted = Math.min(MOST, Math.max(leastTasks(looks, choice), fitting));
  return Math.ceil(wanted / choice.workers) * choice.workers;
}

function leastTasks(looks: readonly Look[], { workers, precise, waits }: RoundChoice): number {
  const { leastEach } = precise ? PRECISE : AIM;
  const fitting = precise ? leastEach : Math.floor(LONG_ROUND_MS / (togetherOf(looks) * workers));
  const least = Math.max(1, Math.min(leastEach, fitting)) * workers;
  return waits ? Math.max(least, Math.min(WAITING.each * workers, WAITING.listMs / fastestOf(looks))) : least;
}

/**
 * How long a task has to be on the fastest contender, ms, for the fewest tasks of a round to take no longer than a round
 * is to be; null where they take no longer, or a task would be too short.
 */
export function shorterTaskMs(looks: readonly Look[], choice: RoundChoice): number | null {
  const least = AIM.leastEach * choice.workers;
  const over = Math.max((least * slowestOf(looks)) / AIM.slowestMs, (least * togetherOf(looks)) / AIM.allMs);
  const runMs = Math.min(...looks.map((look) => look.runMs));
  const shortestMs = choice.waits ? WAITING.listMs / AIM.leastEach : SHORTEST_MS;
  const wantedMs = Math.max(shortestMs, runMs / over);
  return over <= SLACK || wantedMs * SLACK >= runMs ? null : wantedMs;
}
