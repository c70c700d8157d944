/** A size and how long its task took, in ms. */
export interface Point {
  size: number;
  ms: number;
}

/** The steepest growth of time with size that workloads have: the cube, of `matmul`. */
const STEEPEST = 3;
/** Where an overhead hides the size, time seems not to depend on it at all: then longer steps are taken, not endless ones. */
const FLATTEST = 0.5;
/** One step changes the size by this factor at most. */
const LONGEST_STEP = 4;

/**
 * A size on the far side of, or nearer to, the wanted length, from one point or two: time is taken to go with a power
 * of the size, the power that the two points show. From a single one the way up is taken as steep as it may be (a
 * guess too long would cost seconds), the way down as flat.
 */
export function beyond(point: Point, previous: Point | null, taskMs: number): number {
  const ratio = taskMs / point.ms;
  const power = powerOf(point, previous) ?? (ratio > 1 ? STEEPEST : 1);
  // At least a tenth further, and one whole size: very small sizes and flat stretches must be left too.
  const factor = Math.min(Math.max(Math.abs(Math.log(ratio)) / power, Math.log(1.1)), Math.log(LONGEST_STEP));
  if (ratio > 1) return Math.max(point.size * Math.exp(factor), point.size + 1);
  return Math.min(point.size / Math.exp(factor), point.size - 1);
}

/** A size between two whose tasks are too short and too long, by the power between them, and well inside. */
export function between(below: Point, above: Point, taskMs: number): number {
  const share = Math.log(taskMs / below.ms) / Math.log(above.ms / below.ms);
  const inside = Math.min(Math.max(share, 0.1), 0.9);
  return below.size * (above.size / below.size) ** inside;
}

/** The power that two points show; none where they lie too close together for that. */
function powerOf(point: Point, previous: Point | null): number | null {
  if (previous === null) return null;
  const apart = Math.log(point.size / previous.size);
  if (Math.abs(apart) < Math.log(1.09)) return null;
  return Math.min(Math.max(Math.log(point.ms / previous.ms) / apart, FLATTEST), STEEPEST);
}
