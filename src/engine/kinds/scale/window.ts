import { CoreloomError, type TaskCounts } from '../../../contract';
import type { TaskOutcome } from '../../executor';
import type { TaskInput } from '../../workload/workload';
import { count, noCounts } from '../shared/counts';
import type { NodeExecutor } from '../shared/staffing';

/** When a task ran, on one clock, ms. */
export interface Ran {
  queuedMs: number;
  startedMs: number;
  finishedMs: number;
}

/** What was done within a window of time in which all workers always had something to do. */
export interface WindowFigures {
  fromMs: number;
  toMs: number;
  /** Tasks done within it, those that reach beyond its ends by the share of their time inside. */
  done: number;
  /** Those whose times are known. */
  ran: Ran[];
  counts: TaskCounts;
}

export interface WindowOptions {
  executor: NodeExecutor;
  workers: number;
  /** The distinct inputs, cycled through. */
  inputs: readonly TaskInput[];
  /** The window opens so long after the first task at the earliest, ms. */
  leadMs: number;
  /** Wait for a first task of every worker too: some are new, and load what they need with it. */
  fresh: boolean;
  /** How long it is open, ms. */
  windowMs: number;
  nowMs(): number;
  /** Told of every result; what it throws ends the window. */
  check(outcome: Extract<TaskOutcome<TaskInput, number>, { state: 'done' }>, input: number): void;
  /** Told when it opens and when it closes. */
  opened?(): void;
  closed?(): void;
}

/** A worker that has not finished a task after this time is not waited for: throughput is what the others do. */
const LONGEST_LEAD_MS = 10_000;

/**
 * Feeds an executor through a window of time, and beyond until all tasks have settled. The window begins when the
 * workers are at work and ends before any of them lacks work, so that neither start nor end of the feed is in it.
 * Throws what the check threw, `cancelled` where the executor was told to cancel, and the first failed task's error.
 */
export async function runWindow(options: WindowOptions): Promise<WindowFigures> {
  const { executor, workers, inputs, leadMs, fresh, windowMs, nowMs, check } = options;
  const ran: Ran[] = [];
  /** When tasks were heard of whose own times are not known. */
  const untimed: Pick<Ran, 'startedMs' | 'finishedMs'>[] = [];
  const counts = noCounts();
  const indices = new Map(inputs.map((input, index) => [input, index]));
  const seen = new Set<number>();
  let wrong: CoreloomError | null = null;
  let given = 0;
  let fromMs: number | null = null;
  let toMs: number | null = null;
  const startMs = nowMs();

  const look = (): void => {
    if (toMs !== null) return;
    const atMs = nowMs();
    if (fromMs !== null) {
      if (atMs - fromMs < windowMs) return;
      toMs = atMs;
      options.closed?.();
    } else if (atMs - startMs >= leadMs && (!fresh || seen.size >= workers || atMs - startMs >= LONGEST_LEAD_MS)) {
      fromMs = atMs;
      options.opened?.();
    }
  };

  const settled = (outcome: TaskOutcome<TaskInput, number>): void => {
    count(counts, outcome);
    if (outcome.state === 'failed') wrong ??= new CoreloomError(outcome.error.code, outcome.error.message);
    if (outcome.state !== 'done') return;
    const { worker, queuedMs, startedMs, finishedMs } = outcome;
    seen.add(worker);
    if (startedMs === null) untimed.push({ startedMs: finishedMs, finishedMs });
    else ran.push({ queuedMs, startedMs, finishedMs });
    look();
    try {
      check(outcome, indices.get(outcome.argument) ?? -1);
    } catch (error) {
      wrong ??= error instanceof CoreloomError ? error : new CoreloomError('internal', String(error));
    }
  };

  const next = (): TaskInput | undefined => {
    look();
    return wrong === null && toMs === null ? inputs[given++ % inputs.length] : undefined;
  };

  await executor.feed({ next, settled });
  const failure = wrong as CoreloomError | null;
  if (failure !== null) throw failure;
  if (fromMs === null || toMs === null) throw new CoreloomError('cancelled', 'Measuring was cancelled before its end.');
  return { fromMs, toMs, done: doneWithin([...ran, ...untimed], { fromMs, toMs }), ran, counts };
}

/** How many tasks were done between two moments, each by the share of its time that lies between them. */
export function doneWithin(
  ran: readonly Pick<Ran, 'startedMs' | 'finishedMs'>[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): number {
  let done = 0;
  for (const { startedMs, finishedMs } of ran) {
    const inside = Math.min(finishedMs, toMs) - Math.max(startedMs, fromMs);
    if (finishedMs > startedMs) done += Math.max(0, inside) / (finishedMs - startedMs);
    // Shorter than the clock can tell.
    else if (inside === 0 && startedMs < toMs) done++;
  }
  return done;
}
