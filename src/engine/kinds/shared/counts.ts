import type { TaskCounts } from '../../../contract';
import type { TaskOutcome } from '../../executor';

export function noCounts(): TaskCounts {
  return { done: 0, failed: 0, retried: 0, cancelled: 0 };
}

/** Counts one outcome. */
export function count(
  counts: TaskCounts,
  { state, attempts, startedMs }: Pick<TaskOutcome<unknown, unknown>, 'state' | 'attempts' | 'startedMs'>,
): void {
  counts[state]++;
  counts.retried += Math.max(0, attempts - 1);
  if (startedMs === null && attempts > 0 && state !== 'cancelled') counts.untimed = (counts.untimed ?? 0) + 1;
}

export function addCounts(all: readonly TaskCounts[]): TaskCounts {
  const sum = noCounts();
  for (const counts of all) {
    sum.done += counts.done;
    sum.failed += counts.failed;
    sum.retried += counts.retried;
    sum.cancelled += counts.cancelled;
    if (counts.untimed !== undefined) sum.untimed = (sum.untimed ?? 0) + counts.untimed;
  }
  return sum;
}
