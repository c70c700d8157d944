import type { ContenderReport, TimeShares } from './schemas';

/** What is known of the time of some workers, in ms over one span; null: not known. */
export interface WorkerTime {
  /** Of all of them together: workers × wall time. */
  workersMs: number;
  /** Within it, that in which they had a task. */
  tasksMs: number | null;
  /** CPU time of the threads that run the tasks. */
  cpuMs: number | null;
  /** CPU time that their tasks used elsewhere: in helper threads and in processes that they started. */
  offThreadCpuMs?: number | null | undefined;
  /** Time in which these threads were ready to run and had no core. */
  runQueueMs: number | null;
  /** Time in which they waited for the lock of their interpreter. */
  lockMs: number | null;
}

/** The parts of a worker's time in their order. */
export const TIME_SHARES: readonly { key: keyof TimeShares; title: string }[] = [
  { key: 'computing', title: 'Computing' },
  { key: 'offThread', title: 'In helper threads and child processes' },
  { key: 'waitingForCore', title: 'Waiting for a core' },
  { key: 'waitingForLock', title: 'Waiting for the interpreter lock' },
  { key: 'waitingElse', title: 'Waiting for something else' },
  { key: 'betweenTasks', title: 'Between tasks' },
];

/**
 * The one definition of where time went, for every report, screen and sentence. CPU time and waiting for a core are
 * counted whole; of the rest comes first what was between tasks, then the lock, then what ran elsewhere meanwhile. Where it
 * is less than what was between tasks, workers were on a core or waited for one to take tasks and to give back results,
 * and that much of both is between tasks. Null where CPU time is not known.
 */
export function timeShares(time: WorkerTime): TimeShares | null {
  const { workersMs, cpuMs, runQueueMs, lockMs, tasksMs, offThreadCpuMs = null } = time;
  if (cpuMs === null || !(workersMs > 0)) return null;
  const left = budget(workersMs);
  const onCoreMs = left.take(cpuMs);
  const queuedMs = left.take(runQueueMs ?? 0);
  const betweenMs = Math.min(workersMs, Math.max(0, workersMs - (tasksMs ?? workersMs)));
  // Taken from what was asleep as far as there is any; the rest was on a core or waited for one, as the rest of the time.
  const busyBetweenMs = betweenMs - left.take(betweenMs);
  // Sums of fractions: where there was no task at all, it would be a little below 0.
  const withTask = busyBetweenMs === 0 ? 1 : Math.max(0, 1 - busyBetweenMs / (onCoreMs + queuedMs));
  const computingMs = onCoreMs * withTask;
  const waitedMs = queuedMs * withTask;
  const lockedMs = left.take(lockMs ?? 0);
  const elsewhereMs = left.take(offThreadCpuMs ?? 0);
  const share = (ms: number): number => ms / workersMs;
  const known = (given: number | null, ms: number): number | null => (given === null ? null : share(ms));
  return {
    computing: share(computingMs),
    offThread: known(offThreadCpuMs, elsewhereMs),
    waitingForCore: known(runQueueMs, waitedMs),
    waitingForLock: known(lockMs, lockedMs),
    waitingElse: share(left.take(Infinity)),
    betweenTasks: known(tasksMs, betweenMs),
  };
}

/** Time that can be given away once. */
function budget(wholeMs: number): { take(ms: number): number } {
  let leftMs = wholeMs;
  return {
    take(ms) {
      const taken = Math.min(leftMs, Math.max(0, ms));
      leftMs -= taken;
      return taken;
    },
  };
}

/** Where the time of a contender's workers went, over all rounds whose CPU time is known; null where none is, or they were too short to say. */
export function contenderShares({
  workers,
  rounds,
  running,
  coresBusy,
}: Pick<ContenderReport, 'workers' | 'rounds' | 'running' | 'coresBusy'>): TimeShares | null {
  const known = rounds.cpuMs.flatMap((cpuMs, at) =>
    cpuMs === null
      ? []
      : [
          {
            cpuMs,
            offThreadCpuMs: rounds.offThreadCpuMs[at] ?? null,
            runQueueMs: rounds.runQueueMs[at] ?? null,
            makespanMs: rounds.makespanMs[at] ?? 0,
          },
        ],
  );
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const [knownMs, allMs] = [sum(known.map(({ makespanMs }) => makespanMs)), sum(rounds.makespanMs)];
  if (knownMs <= 0 || coresBusy === null) return null;
  const all = (values: readonly (number | null)[]): number | null =>
    values.includes(null) ? null : sum(values.map((value) => value ?? 0));
  return timeShares({
    workersMs: workers * knownMs,
    tasksMs: running === null ? null : running.meanMs * running.count * (knownMs / allMs),
    cpuMs: sum(known.map(({ cpuMs }) => cpuMs)),
    offThreadCpuMs: all(known.map(({ offThreadCpuMs }) => offThreadCpuMs)),
    runQueueMs: all(known.map(({ runQueueMs }) => runQueueMs)),
    lockMs: null,
  });
}
