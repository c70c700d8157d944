import type { ExecutorName } from '../../contract';
import type { WorkerExit } from '../worker';
import { begunTooOften, workerDied } from './sentences';
import { MOST_BEGINNINGS, SHARED_BEGINNINGS, TRIES, type Task } from './task';

export interface EndedWorker {
  name: ExecutorName;
  exit: WorkerExit;
  /** It was told to end: no task did it. */
  told: boolean;
}

/** Counts what the end of a worker means for the tasks that it had started: an attempt for each, a death for the last at most. */
export function countAttempts<A, R>(
  started: readonly Task<A, R>[],
  running: { task: Task<A, R>; sinceMs: number } | null,
  ended: EndedWorker,
): void {
  for (const task of started) {
    // It ran, though its result is lost.
    task.attempts += 1;
    task.isolated ||= task.attempts >= SHARED_BEGINNINGS;
    if (task === running?.task) endedUnder(task, running.sinceMs, ended);
    if (task.attempts >= MOST_BEGINNINGS && task.state !== 'settled' && task.doom === null)
      task.fail(begunTooOften(ended.name, task, ended.exit));
  }
}

function endedUnder<A, R>(task: Task<A, R>, sinceMs: number, ended: EndedWorker): void {
  task.startedMs = sinceMs;
  const { collateral } = ended.exit;
  task.isolated ||= collateral === 'suspect' || collateral === 'culprit' || collateral === 'unclear';
  if (collateral === 'suspect') task.suspicions += 1;
  else if (!ended.told && collateral !== 'crash') diedUnder(task, ended);
}

function diedUnder<A, R>(task: Task<A, R>, { name, exit }: EndedWorker): void {
  // It ran alone this time, so it did it the last time too.
  task.deaths += 1 + task.suspicions;
  task.suspicions = 0;
  if (task.deaths < TRIES || task.doom !== null) return;
  task.fail(workerDied(name, task, exit));
}
