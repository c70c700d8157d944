import type { ExperimentState } from '../contract';
import { duration } from '../engine/report/words';

/** One line about an experiment: what it is at, how long it has taken, and how long it may take yet, at most. */
export function experimentLine(
  { step, elapsedMs, remainingMs, progress, outcome }: ExperimentState,
  columns: number,
): string {
  const done = progress === null || outcome !== null ? [] : [`${(progress * 100).toFixed(0)} %`];
  // Rounded up to whole seconds: a finer estimate would be false.
  const left =
    remainingMs === null || outcome !== null
      ? []
      : [`at most about ${duration(Math.ceil(remainingMs / 1000) * 1000)} to go`];
  return [step, ...done, `${(elapsedMs / 1000).toFixed(1)} s`, ...left].join('  ').slice(0, columns - 1);
}
