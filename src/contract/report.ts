import type { ReportKind } from './names';
import type { CompareReport, LabReport, ScaleReport, ScorecardReport, LiveReport } from './schemas';

export const REPORT_FORMATS = ['json', 'csv-tasks', 'csv-samples', 'markdown', 'html', 'pdf', 'trace'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The document of an experiment: everything needed to read, compare and repeat it. */
export type Report = WorkloadReport | LabReport | ScorecardReport;
/** Those of experiments on one workload. */
export type WorkloadReport = LiveReport | CompareReport | ScaleReport;
/** The reports of one kind. */
export type ReportOf<K extends ReportKind> = Extract<Report, { kind: K }>;
