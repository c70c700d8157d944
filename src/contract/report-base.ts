import type { ErrorInfo } from './errors';
import type { MachineInfo } from './machine';
import type { RunOutcome } from './run';
import type { WorkloadInfo } from './workload';

/** Version of the report's schema: goes up when a reader of the old one would be misled. Earlier ones are read all the same. */
export const REPORT_SCHEMA_VERSION = 3;

/** What the reports of all kinds of experiments have in common. */
export interface ReportBase {
  schemaVersion: typeof REPORT_SCHEMA_VERSION;
  id: string;
  createdBy: { host: 'desktop' | 'terminal' | 'browser'; coreloom: string };
  /** ISO 8601 wall times. */
  startedAt: string;
  endedAt: string;
  outcome: RunOutcome;
  failure: ErrorInfo | null;
  finding: string;
  warnings: string[];
  machine: MachineInfo;
  /** Of a live run: from the first task that could be taken until the last one was done, failed or cut off; else of the whole experiment. In ms. */
  elapsedMs: number;
  observer: ObserverReport;
}

/** What the reports of experiments on one workload have in common. */
export interface WorkloadReportBase extends ReportBase {
  workload: WorkloadInfo;
  /** Each distinct input with the checksum that every executor agreed on. */
  checksums: { input: number; checksum: number; tasks: number }[];
  /** Inputs whose tasks had several checksums, and so none of those; not there in reports that did not count them. */
  differingInputs?: number | undefined;
}

/** What proves that the same work was done, or that it was not. */
export type Proof = Pick<WorkloadReportBase, 'checksums' | 'differingInputs'>;

export interface ObserverReport {
  /** CPU time of the sampler process over the run, ms, and as a share of one core. */
  samplerCpuMs: number | null;
  samplerShare: number | null;
  /** CPU time of the process that holds the pools, less its worker threads, over what was measured of the run, ms; null where not known. */
  engineCpuMs: number | null;
  samples: number;
  lateSamples: number;
  maxLateMs: number;
}
