import type { LockProgress, WorkerSample, WorkerTime } from '../../../contract';
import type { ExecutorStatus, TaskOutcome } from '../../executor';

/** Adds up the time of one executor's workers over a run, and how much of it they had tasks. */
export interface WorkerTimeMeter {
  settled(outcome: Pick<TaskOutcome<unknown, unknown>, 'startedMs' | 'finishedMs'>): void;
  /** Books a sample, of which so much lies within the run. */
  sampled(workers: readonly WorkerSample[], insideMs: number): void;
  /** Wall time of tasks until then, of those that run too, ms. */
  tasksMs(status: Pick<ExecutorStatus, 'workers'>, atMs: number): number;
  /** Where the time went of a run that took `elapsedMs`, of which `sampledMs` were sampled: all is of that part. */
  whole(
    run: { elapsedMs: number; sampledMs: number; lock: LockProgress | null } & Pick<
      WorkerTime,
      'cpuMs' | 'runQueueMs' | 'offThreadCpuMs'
    >,
  ): WorkerTime;
}

export function createWorkerTime(): WorkerTimeMeter {
  let doneMs = 0;
  let workersMs = 0;
  let coveredMs = 0;
  return {
    settled({ startedMs, finishedMs }) {
      if (startedMs !== null) doneMs += Math.max(0, finishedMs - startedMs);
    },
    sampled(workers, insideMs) {
      coveredMs += insideMs;
      workersMs += insideMs * workers.filter(({ cpuMs }) => cpuMs !== null).length;
    },
    tasksMs: ({ workers }, atMs) =>
      workers.reduce(
        (sum, { state }) => sum + (state.state === 'running' ? Math.max(0, atMs - state.sinceMs) : 0),
        doneMs,
      ),
    whole({ elapsedMs, sampledMs, lock, ...sums }) {
      const wholeMs = coveredMs > 0 ? (workersMs / coveredMs) * sampledMs : 0;
      const waiting = lock === null || lock.lock !== 'shared' ? null : lock.waitingShare;
      return {
        ...sums,
        workersMs: wholeMs,
        tasksMs: elapsedMs > 0 ? (doneMs / elapsedMs) * sampledMs : null,
        lockMs: waiting === null ? null : waiting * wholeMs,
      };
    },
  };
}
