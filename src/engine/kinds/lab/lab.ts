import type {
  ExecutorKey,
  IpcReport,
  LabReport,
  MemoryReport,
  RaceReport,
  ResolvedLabSettings,
  StartupReport,
} from '../../../contract';
import { wantsRound, type LabCase, type LabCaseRun } from './case';
import type { Sides } from './sides';

/** What differs from lab to lab in a report. */
export type LabBody =
  | Pick<IpcReport, 'lab' | 'sizes' | 'points' | 'breakEvens'>
  | Pick<RaceReport, 'lab' | 'rows'>
  | Pick<MemoryReport, 'lab' | 'rows' | 'visibility'>
  | Pick<StartupReport, 'lab' | 'rows'>;

/** One lab: its cases, and what they came to. */
export interface Lab {
  readonly cases: readonly LabCase[];
  /** `reasonOf` says why a case was not measured, or not to the end. */
  body(reasonOf: (one: LabCase) => string | null): LabBody;
  /** What it shows, in a few plain sentences. */
  finding(report: LabReport): string;
}

export interface LabOptions {
  settings: ResolvedLabSettings;
  sides: Sides;
  /** Why an executor cannot be measured here; null where it can. */
  lackOf(executor: ExecutorKey): string | null;
}

export type MakeLab = (options: LabOptions) => Lab;

/** Why a case was not measured, or not to the end; null where it was. */
export function reasonAtEnd(run: LabCaseRun, stopped: boolean): string | null {
  const { one, done, reason } = run;
  if (reason !== null || !stopped || !wantsRound(run)) return reason;
  return done === 0
    ? 'The lab was stopped before it was measured.'
    : `The lab was stopped after ${done} of ${one.rounds} rounds.`;
}
