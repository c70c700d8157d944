import type { EngineEvent, ExportResult, MachineInfo, Reply, Report } from '../contract';
import type { Executor } from './executor';
import type { Sampler } from './metrics/types';
import type { RenderedReport } from './report/types';
import type { ReportStore } from './store/types';
import type { TaskInput } from './workload/workload';

export interface EngineOptions {
  host: Report['createdBy']['host'];
  versions: MachineInfo['versions'];
  /** The engine feeds and resizes them; it closes them when it is closed. */
  executors: readonly Executor<TaskInput, number>[];
  sampler: Sampler;
  store: ReportStore;
  /** How this host ends an export: a dialog, a download, a file. */
  saveReport(rendered: RenderedReport): Promise<ExportResult>;
}

/** Everything that runs and measures, behind commands and events; knows no host. */
export interface Engine {
  /** Validates the untrusted name and argument, runs the command, answers its result or error. Never rejects. */
  call(name: unknown, argument: unknown): Promise<Reply<unknown>>;
  /** Subscribes to events; returns the unsubscriber. */
  on(listener: (event: EngineEvent) => void): () => void;
  /** Ends an active run (its report is kept), then every worker and child process. Idempotent. */
  close(): Promise<void>;
}
