import type { ExecutorName, IpcReport, LabReport, MemoryReport, RaceReport, ResolvedLabSettings, StartupReport } from '../../../contract';
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
  /** Why there is no Python; null where there is one. */
  noPython: string | null;
}

/** The first Python that has `concurrent.interpreters`. */
const INTERPRETERS_FROM = { major: 3, minor: 14 };

/** Why an executor cannot be measured with the Python there is; null where it can. */
export function lackOf(executor: ExecutorName, { settings: { python }, noPython }: Pick<LabOptions, 'settings' | 'noPython'>): string | null {
  if (!executor.startsWith('python')) return null;
  if (python === null || noPython !== null) return noPython ?? 'There is no Python.';
  if (executor !== 'python-interpreters') return null;
  const [major = 0, minor = 0] = python.version.split('.').map((part) => Number.parseInt(part, 10));
  const has = major > INTERPRETERS_FROM.major || (major === INTERPRETERS_FROM.major && minor >= INTERPRETERS_FROM.minor);
  return has ? null : `Python ${python.version} has no further interpreters to start: they come with Python ${INTERPRETERS_FROM.major}.${INTERPRETERS_FROM.minor}.`;
}

export type MakeLab = (options: LabOptions) => Lab;

/** Why a case was not measured, or not to the end; null where it was. */
export function reasonAtEnd(run: LabCaseRun, stopped: boolean): string | null {
  const { one, done, reason } = run;
  if (reason !== null || !stopped || !wantsRound(run)) return reason;
  return done === 0 ? 'The lab was stopped before it was measured.' : `The lab was stopped after ${done} of ${one.rounds} rounds.`;
}
