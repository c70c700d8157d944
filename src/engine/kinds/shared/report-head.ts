import { REPORT_SCHEMA_VERSION, duration, type ErrorInfo, type ReportBase, type RunOutcome } from '../../../contract';
import type { Stopwatch } from './stopwatch';

/** What every report begins with, its finding left open. */
export type ReportHead = Omit<ReportBase, 'finding'>;

export interface ReportHeadParts extends Pick<
  ReportBase,
  'id' | 'createdBy' | 'machine' | 'outcome' | 'failure' | 'observer'
> {
  /** From when on, and for how long: of a live run that is less than the time from start to end. */
  stopwatch: Pick<Stopwatch, 'startedAt' | 'elapsedMs'>;
  warnings: readonly string[];
}

/** The head of the report of an experiment that ends now; each warning is said once, and none that is the failure itself. */
export function reportHead({
  id,
  createdBy,
  machine,
  outcome,
  failure,
  observer,
  stopwatch,
  warnings,
}: ReportHeadParts): ReportHead {
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    id,
    createdBy,
    startedAt: stopwatch.startedAt,
    endedAt: new Date().toISOString(),
    outcome,
    failure,
    warnings: [...new Set(warnings)].filter((warning) => warning !== failure?.message),
    machine,
    elapsedMs: stopwatch.elapsedMs(),
    observer,
  };
}

export interface Ended {
  failure: ErrorInfo | null;
  /** Whether its user ended it. */
  stopped: boolean;
  /** Whether a part of what it was to do failed. */
  lost: boolean;
}

/** How an experiment ended. */
export function outcomeOf({ failure, stopped, lost }: Ended): RunOutcome {
  if (failure !== null) return failure.code === 'interrupted' ? 'interrupted' : 'failed';
  if (stopped) return 'cancelled';
  return lost ? 'tasks-failed' : 'completed';
}

/** Why the report of an experiment says less than was asked for whose process ended in the middle of it. */
export function interruption(elapsedMs: number): ErrorInfo {
  return {
    code: 'interrupted',
    message: `Coreloom or the machine stopped during the measurement: this report covers the first ${duration(elapsedMs)}.`,
  };
}
