import { CoreloomError, type TaskCounts, type Throttled } from '../../../contract';
import { nowMs } from '../../system/clock';
import type { TaskOutcome } from '../../executor';
import type { TaskInput } from '../../workload/workload';
import type { CoreTimes } from '../../metrics/tick/cpu-times';
import { count, noCounts } from '../shared/counts';
import type { NodeExecutor } from '../shared/staffing';

/** One task of a pass on the one clock, ms; `deliveredMs` is when its result was in hand. */
export interface TaskStamps {
  worker: number;
  queuedMs: number;
  startedMs: number;
  finishedMs: number;
  deliveredMs: number;
}

/** The list of tasks, run once. */
export interface Pass {
  startMs: number;
  endMs: number;
  /** Of the tasks whose times are known. */
  stamps: TaskStamps[];
  counts: TaskCounts;
}

/** Times of a core, and what of them the contender's task threads used; null where that is not known. */
export interface UsedCore extends CoreTimes {
  ownMs: number | null;
}

/** What a round gave: a pass in figures. */
export interface RoundFigures {
  makespanMs: number;
  cpuMs: number | null;
  offThreadCpuMs: number | null;
  runQueueMs: number | null;
  deaths: number;
  cores: UsedCore[];
  engineCpuMs: number | null;
  throttled: Throttled | null;
  counts: TaskCounts;
}

export interface PassOptions {
  executor: NodeExecutor;
  /** The distinct inputs, cycled through. */
  inputs: readonly TaskInput[];
  tasks: number;
  /** Told of every result; what it throws ends the pass. */
  check(outcome: Extract<TaskOutcome<TaskInput, number>, { state: 'done' }>, input: number): void;
}

/**
 * Hands the list to an executor and waits for all of its results. Throws what the check threw, `cancelled` where the
 * executor was told to cancel, and the first failed task's error: a list that was not done whole measured nothing.
 */
export async function runPass({ executor, inputs, tasks, check }: PassOptions): Promise<Pass> {
  const stamps: TaskStamps[] = [];
  const counts = noCounts();
  const indices = new Map(inputs.map((input, index) => [input, index]));
  let wrong: CoreloomError | null = null;
  let given = 0;

  const settled = (outcome: TaskOutcome<TaskInput, number>): void => {
    const deliveredMs = nowMs();
    count(counts, outcome);
    if (outcome.state === 'failed') wrong ??= new CoreloomError(outcome.error.code, outcome.error.message);
    if (outcome.state !== 'done') return;
    const { worker, queuedMs, startedMs, finishedMs } = outcome;
    if (startedMs !== null) stamps.push({ worker, queuedMs, startedMs, finishedMs, deliveredMs });
    try {
      check(outcome, indices.get(outcome.argument) ?? -1);
    } catch (error) {
      wrong ??= error instanceof CoreloomError ? error : new CoreloomError('internal', String(error));
    }
  };

  const startMs = nowMs();
  // After the first fault no more is handed out.
  await executor.feed({
    next: () => (wrong === null && given < tasks ? inputs[given++ % inputs.length] : undefined),
    settled,
  });
  const endMs = nowMs();
  const failure = wrong as CoreloomError | null;
  if (failure !== null) throw failure;
  if (counts.done < tasks) throw new CoreloomError('cancelled', 'The list of tasks was cancelled before its end.');
  return { startMs, endMs, stamps, counts };
}
