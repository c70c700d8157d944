import type { ReportKind } from './names';
import type { CompareReport, LabReport, ScaleReport, ScorecardReport, LiveReport } from './schemas';

/** The document of an experiment: everything needed to read, compare and repeat it. */
export type Report = WorkloadReport | LabReport | ScorecardReport;
/** Those of experiments on one workload. */
export type WorkloadReport = LiveReport | CompareReport | ScaleReport;
/** The reports of one kind. */
export type ReportOf<K extends ReportKind> = Extract<Report, { kind: K }>;
