import type { AnswerState } from './answer';
import type { CompareState } from './compare';
import type { ExperimentKind } from './kinds';
import type { LabState } from './lab';
import type { LiveState } from './run';
import type { ScaleState } from './scale';
import type {
  AnswerReport,
  AnswerSettings,
  CompareReport,
  CompareSettings,
  LabReport,
  LabSettings,
  LiveReport,
  LiveSettings,
  ScaleReport,
  ScaleSettings,
  ScorecardReport,
  ScorecardSettings,
  WorkloadReportBase,
} from './schemas';
import type { ScorecardState } from './scorecard';

export * from './answer';
export * from './compare';
export * from './lab';
export * from './run';
export * from './scale';
export * from './scorecard';

/** What crosses a boundary, by kind: what it is asked to do, how it stands, and its document. */
interface TypesOf {
  answer: { settings: AnswerSettings; state: AnswerState; report: AnswerReport };
  live: { settings: LiveSettings; state: LiveState; report: LiveReport };
  compare: { settings: CompareSettings; state: CompareState; report: CompareReport };
  scale: { settings: ScaleSettings; state: ScaleState; report: ScaleReport };
  lab: { settings: LabSettings; state: LabState; report: LabReport };
  scorecard: { settings: ScorecardSettings; state: ScorecardState; report: ScorecardReport };
}

/** What an experiment of any kind is asked to do. */
export type ExperimentSettings = { [K in ExperimentKind]: { kind: K } & TypesOf[K]['settings'] }[ExperimentKind];
/** What an experiment of one kind is asked to do. */
export type SettingsOf<K extends ExperimentKind> = Extract<ExperimentSettings, { kind: K }>;

/** The state of an experiment of one kind. */
export type StateOf<K extends ExperimentKind> = TypesOf[K]['state'];
/** The state of an experiment of any kind. */
export type ExperimentState = StateOf<ExperimentKind>;

/** The reports of one kind. */
export type ReportOf<K extends ExperimentKind> = TypesOf[K]['report'];
/** The document of an experiment: everything needed to read, compare and repeat it. */
export type Report = ReportOf<ExperimentKind>;
/** Those of experiments on one workload. */
export type WorkloadReport = Extract<Report, WorkloadReportBase>;
