import { duration, type RoundTable } from '../../../contract';
import { median } from '../../statistics/summary';

/** Below this share of the extra time, something that was measured does not explain an outlier. */
const EXPLAINS = 0.3;

const medianOf = (values: readonly (number | null)[]): number => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : 0;
};

/** What was measured at a round that stands out, in one sentence; says so where nothing explains it. */
export function happenedAt(rounds: RoundTable, at: number): string {
  const deaths = rounds.deaths[at] ?? 0;
  if (deaths > 0) return `${deaths === 1 ? 'A worker' : `${deaths} workers`} died, and the lost tasks were retried.`;
  const extraMs = (rounds.makespanMs[at] ?? 0) - medianOf(rounds.makespanMs);
  if (extraMs <= 0) return 'It was faster than the others; no measured value explains it.';
  const above = (column: readonly (number | null)[]): number => (column[at] ?? 0) - medianOf(column);
  const [queuedMs, cpuMs] = [above(rounds.runQueueMs), above(rounds.cpuMs)];
  if (queuedMs >= EXPLAINS * extraMs && queuedMs >= cpuMs)
    return `Its workers waited for a core ${duration(queuedMs)} longer than usual.`;
  if (cpuMs >= EXPLAINS * extraMs) return `The same tasks took ${duration(cpuMs)} more CPU time than usual.`;
  return 'No measured value explains it.';
}
