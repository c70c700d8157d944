import {
  allowedCoreCount,
  number,
  plural,
  type ByExecutor,
  type ErrorCode,
  type ErrorInfo,
  type ResolvedSettings,
  type RunOutcome,
  type TaskCounts,
  type TaskLine,
} from '../../../contract';
import { nowMs } from '../../system/clock';
import type { Workload } from '../../workload/workload';
import type { Seen } from './picture';
import { liveFinding } from './finding';
import type { LiveRunOptions } from './options';
import type { RunRecord } from './record';

/** How a run ended. */
export interface End {
  outcome: RunOutcome;
  failure: ErrorInfo | null;
}

/** When a run ends by itself. */
type Limits = Pick<ResolvedSettings, 'tasks' | 'durationMs'>;

/**
 * The end of a run by what came of its tasks, whatever it was asked to be: failed where none was done or fewer than
 * wanted, `tasks-failed` where some failed. A run without a limit that was ended before a task was done is cancelled.
 */
export function judge(end: End | null, record: RunRecord, { tasks, durationMs }: Limits): End {
  if (end === null || end.failure !== null) return end ?? { outcome: 'failed', failure: null };
  const counts = record.counts();
  if (counts.done === 0 && counts.failed > 0)
    return failed('task-threw', allFailed(counts.failed, record.tasks.firstError()));
  if (end.outcome !== 'completed') return end;
  if (counts.done === 0 && tasks === null && durationMs === null) return { outcome: 'cancelled', failure: null };
  const missing = durationMs === null ? (tasks ?? 0) - counts.done - counts.failed : 0;
  if (missing > 0)
    return failed(
      'nothing-done',
      `The run ended before ${number(missing)} of its ${plural(tasks ?? 0, 'task')} were done or had failed.`,
    );
  if (counts.done === 0) return failed('nothing-done', nothingDone(counts));
  return counts.failed > 0 ? { outcome: 'tasks-failed', failure: null } : end;
}

const failed = (code: ErrorCode, message: string): End => ({ outcome: 'failed', failure: { code, message } });

function allFailed(count: number, first: string | null): string {
  const said = first ?? 'nothing';
  return count === 1
    ? `The only task failed; it said: ${said}`
    : `All ${number(count)} tasks failed; the first said: ${said}`;
}

/** Of a run that came to its limit. */
function nothingDone({ retried, cancelled }: TaskCounts): string {
  if (retried > 0)
    return `No task was completed: tasks were retried ${plural(retried, 'time')} because their workers died, and none finished.`;
  if (cancelled > 0)
    return `No task was completed: ${plural(cancelled, 'task')} ${cancelled === 1 ? 'was' : 'were'} still running when the time was up. Use a longer run.`;
  return 'No task was completed: no worker started a task before the time was up.';
}

/** The lines that a printing workload ends with, one for each executor that did some: the seed's last line. */
export function closingLines(workload: Workload, record: RunRecord, workers: ByExecutor<number>): TaskLine[] {
  const lines: TaskLine[] = [];
  for (const { executor, counts } of record.meters.values()) {
    const count = workers[executor.name] ?? 0;
    const text = count > 0 && counts().done > 0 ? workload.closingLine?.(executor.name, count) : undefined;
    if (text) lines.push({ executor: executor.name, worker: 0, atMs: nowMs(), text });
  }
  return lines;
}

type About = Pick<LiveRunOptions, 'workload' | 'machine'>;

/** What a run shows of its last seconds. */
export function recentFinding(
  { executors, ...about }: About & Pick<LiveRunOptions, 'executors'>,
  record: RunRecord,
): string {
  const workers = executors.reduce((sum, executor) => sum + executor.status().live, 0);
  return liveFinding({ ...seen(about, record), workers, ...record.recent(nowMs()) });
}

/** What a run shows over all its time. */
export function wholeFinding(about: About, record: RunRecord, elapsedMs: number): string {
  const { elapsedMs: sampledMs, incomplete } = record.coverage.of(elapsedMs);
  return liveFinding(
    { ...seen(about, record), workers: record.meanWorkers(), incomplete, ...record.whole({ elapsedMs, sampledMs }) },
    { over: true },
  );
}

function seen(
  { workload, machine }: About,
  record: RunRecord,
): Pick<Seen, 'workload' | 'limits' | 'cores' | 'tasks' | 'failed'> {
  const { done: tasks, failed } = record.counts();
  return { workload: workload.info, limits: machine.limits, cores: allowedCoreCount(machine), tasks, failed };
}
