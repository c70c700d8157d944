import type { CompareReport } from './compare';
import type { CoreComparison } from './cross-check';
import type { ByExecutor, ExecutorKey } from './executors';
import type { ThreadHost, WorkerRange } from './worker';
import type { LabReport } from './lab';
import type { LockProgress } from './lock';
import type { LatencySummary, ResolvedSettings, RunOutcome, TaskCounts, TaskLine } from './run';
import type { ExecutorMemory } from './sample';
import type { WorkloadReportBase } from './report-base';
import type { ScaleReport } from './scale';
import type { ScorecardReport } from './scorecard';
import type { TimeShares } from './shares';

export const REPORT_FORMATS = ['json', 'csv-tasks', 'csv-samples', 'markdown', 'html', 'pdf', 'trace'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The document of an experiment: everything needed to read, compare and repeat it. */
export type Report = WorkloadReport | LabReport | ScorecardReport;
/** Those of experiments on one workload. */
export type WorkloadReport = LiveReport | CompareReport | ScaleReport;
export const REPORT_KINDS = [
  'live',
  'compare',
  'scale',
  'lab',
  'scorecard',
] as const satisfies readonly Report['kind'][];
export type ReportKind = Report['kind'];

/** A live run. Times are monotonic ms since `run.startedMs`. */
export interface LiveReport extends WorkloadReportBase {
  kind: 'live';
  settings: ResolvedSettings;
  totals: RunTotals;
  executors: ExecutorReport[];
  /** Every change of a worker count while the run was on. */
  resizes: { atMs: number; executor: ExecutorKey; from: number; to: number }[];
  samples: SampleTable;
  tasks: TaskTable;
  lines: TaskLine[];
  /** What was left out to keep the report bounded; `kept` equals `seen` where nothing was. */
  thinned: { tasks: Thinned; samples: Thinned; lines: Thinned };
}

export interface Thinned {
  seen: number;
  kept: number;
  /** How the kept ones were chosen. */
  method: string;
}

interface RunTotals {
  counts: TaskCounts;
  /** Of an interrupted run: tasks that workers held at the end of what was measured; what became of them is not known. */
  underWay?: number | undefined;
  /** Progress messages to clients that were dropped because they were slow; tasks are never dropped. */
  droppedEvents: number;
  throughputPerSecond: number;
  /** CPU time of all workers' task threads, ms; null where not available. */
  cpuMs: number | null;
  /** CPU time used for tasks off those threads, ms: see ExecutorReport. */
  offThreadCpuMs: number | null;
  /** cpuMs and offThreadCpuMs / the part of elapsedMs that was sampled (all of it, unless a warning says otherwise); null where that was too short to say. */
  coresBusy: number | null;
  /** Of tasks that were done. */
  running: LatencySummary | null;
  /** Of tasks that failed; null where none did, and in reports of before they were told apart, whose `running` holds both. */
  failedRunning: LatencySummary | null;
}

export interface ExecutorReport {
  executor: ExecutorKey;
  /** Where its threads were; null where its workers are no threads of Node, and in reports of before it was told. */
  threadHost: ThreadHost | null;
  counts: TaskCounts;
  throughputPerSecond: number;
  /** CPU time of the threads that run its tasks, ms. */
  cpuMs: number | null;
  /**
   * CPU time used off those threads, ms: other threads of the workers' processes, and processes that tasks started; null where
   * it is not known, as of threads in the engine's own process.
   */
  offThreadCpuMs: number | null;
  runQueueMs: number | null;
  coresBusy: number | null;
  /** Where its workers' time went; null where not known, and in reports of before it was told. */
  shares: TimeShares | null;
  running: LatencySummary | null;
  failedRunning: LatencySummary | null;
  waiting: LatencySummary | null;
  startUpMs: number | null;
  handOverUs: number | null;
  memory: ExecutorMemory | null;
  /** The interpreter lock over the whole run; not there where the executor has no interpreter. */
  lock?: LockProgress | null | undefined;
  deaths: { atMs: number; worker: number; code: number | null; signal: string | null }[];
  workers: WorkerReport[];
}

export interface WorkerReport {
  worker: number;
  pid: number;
  tid: number | null;
  settled: number;
  cpuMs: number | null;
  runQueueMs: number | null;
  startUpMs: number | null;
}

/** Samples in columns: `utilization[core][i]` belongs to `atMs[i]`; null where that core was not there, as before it came online. */
export interface SampleTable {
  /** All that were there at some time, ascending. */
  cores: number[];
  atMs: number[];
  intervalMs: number[];
  utilization: (number | null)[][];
  /** `byExecutor.threads[core][i]`; null where the system cannot tell. */
  byExecutor: ByExecutor<(number | null)[][]> | null;
  crossCheck: CrossCheckTable;
  frequencyMhz: { atMs: number[]; mean: (number | null)[] };
  temperatureC: { atMs: number[]; value: number[] };
  /** Tasks finished a second by executor at each sample. */
  throughput: ByExecutor<number[]>;
}

/** Cores as systeminformation saw them, over about a second that ended at `atMs[i]`, and how far from the samples of the same second. */
interface CrossCheckTable {
  atMs: number[];
  /** `utilization[core][i]`; null where it knew nothing of that core. */
  utilization: (number | null)[][];
  /** Of all readings of the run, also those that the columns no longer hold; null in reports of before it was measured. */
  cores: CoreComparison[] | null;
}

/** Tasks in columns of equal length. `executor` and `state` hold an index into the lists beside them. */
export interface TaskTable {
  executors: ExecutorKey[];
  states: ('done' | 'failed' | 'cancelled')[];
  id: number[];
  executor: number[];
  worker: number[];
  state: number[];
  attempts: number[];
  input: number[];
  queuedMs: number[];
  startedMs: number[];
  finishedMs: number[];
  /** null for a task that is not done. */
  checksum: (number | null)[];
  /** One sentence for each failed task among the kept ones. */
  errors: { id: number; message: string }[];
}

/** A saved report as the history lists it. */
export interface ReportSummary {
  id: string;
  kind: ReportKind;
  startedAt: string;
  outcome: RunOutcome;
  /** What was run: the workload's name, or what else was measured. */
  subject: string;
  /** Of a live run as its sliders were moved, of scaling as it measured them. */
  workers: ByExecutor<WorkerRange>;
  elapsedMs: number;
  /** Of a live run; null of an experiment that has more than one throughput. */
  throughputPerSecond: number | null;
  finding: string;
}
