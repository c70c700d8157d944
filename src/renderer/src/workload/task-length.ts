/** The range of the slider: what is wanted as a rule. Other lengths are typed. */
const SHORTEST_TASK_MS = 0.1;
const LONGEST_TASK_MS = 1000;
/** A hundred positions for each tenfold. */
export const POSITIONS = 400;

const DECADES = Math.log10(LONGEST_TASK_MS / SHORTEST_TASK_MS);

/** The length at a position of the slider, rounded to two digits. */
export function taskMsAt(position: number): number {
  return Number((SHORTEST_TASK_MS * 10 ** ((position / POSITIONS) * DECADES)).toPrecision(2));
}

/** The position of the slider that is nearest to a length. */
export function positionOf(taskMs: number): number {
  const share = Math.log10(Math.max(taskMs, SHORTEST_TASK_MS) / SHORTEST_TASK_MS) / DECADES;
  return Math.round(Math.min(1, share) * POSITIONS);
}
