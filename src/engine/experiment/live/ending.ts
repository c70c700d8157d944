import type { ByExecutor, ErrorInfo, RunOutcome, TaskLine } from '../../../contract';
import { nowMs } from '../../clock';
import type { Workload } from '../../workload/workload';
import type { RunRecord } from './record';

/** How a run ended. */
export interface End {
  outcome: RunOutcome;
  failure: ErrorInfo | null;
}

/** The end as it was asked for, but failed where every task failed. */
export function judge(end: End | null, record: RunRecord): End {
  const { done, failed } = record.counts();
  if (!end || end.failure || done > 0 || failed === 0) return end ?? { outcome: 'failed', failure: null };
  const said = record.tasks.firstError() ?? 'nothing';
  const message = failed === 1 ? `The only task failed; it said: ${said}` : `All ${failed} tasks failed; the first said: ${said}`;
  return { outcome: 'failed', failure: { code: 'task-threw', message } };
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
