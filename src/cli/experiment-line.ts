import { wholeSeconds, clock, duration, percent, type ExperimentState } from '../contract';

/** One line about an experiment: what it is at, how long it has taken, and how long it may take yet, at most. */
export function experimentLine(
  { step, elapsedMs, remainingMs, progress, outcome }: ExperimentState,
  columns: number,
): string {
  const done = progress === null || outcome !== null ? [] : [percent(progress)];
  // Rounded up to whole seconds: a finer estimate would be false.
  const left =
    remainingMs === null || outcome !== null ? [] : [`at most about ${duration(wholeSeconds(remainingMs))} left`];
  return [step, ...done, clock(elapsedMs), ...left].join('  ').slice(0, columns - 1);
}
