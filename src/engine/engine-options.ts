import type { EngineEvent, ExportResult, MachineInfo, Reply, Report } from '../contract';
import type { ModuleHost } from './custom/host';
import type { ModuleRuntime } from './custom/types';
import type { Entries } from './entries';
import type { Executor } from './executor';
import type { Sampler } from './metrics/types';
import type { PythonExecutors } from './python-executors';
import type { RenderedReport, RenderKit } from './report/types';
import type { AppSettingsFile } from './store';
import type { ReportStore } from './store/types';
import type { TaskInput } from './workload/workload';

export interface EngineOptions {
  host: Report['createdBy']['host'];
  versions: MachineInfo['versions'];
  /** The engine feeds and resizes them; it closes them when it is closed. */
  executors: readonly Executor<TaskInput, number>[];
  /** Those with one worker, which comparisons alone use; all others belong into `executors`. The engine closes them too. */
  baselines?: readonly Executor<TaskInput, number>[];
  /** Makes threads in a process of their own, for a run whose tasks hold much memory. */
  hostThreads?: () => Executor<TaskInput, number>;
  /** Looked for when a client or a run asks. */
  python?: PythonExecutors;
  sampler: Sampler;
  store: ReportStore;
  appSettings: AppSettingsFile;
  entries: Pick<Entries, 'httpServer' | 'lab' | 'labPython'>;
  /** How this host ends an export: a dialog, a download, a file. */
  saveReport(rendered: RenderedReport): Promise<ExportResult>;
  /** What becomes of a report in this host that cannot be saved: one sentence. Default: it is to be exported. */
  unsavedAdvice?: () => Promise<string>;
  /** Prints a page to PDF. Without it, PDF export is unavailable. */
  printPdf?: RenderKit['printPdf'] | undefined;
  /** What runs modules of the user, one for each language; default: none. */
  moduleRuntimes?: readonly ModuleRuntime[];
  /** Which of the user's files this host lets run; default: none. */
  modules?: ModuleHost;
}

/** Everything that runs and measures, behind commands and events; knows no host. */
export interface Engine {
  /** Validates the untrusted name and argument, runs the command, answers its result or error. Never rejects. */
  call(name: unknown, argument: unknown): Promise<Reply<unknown>>;
  /** Subscribes to events; returns the unsubscriber. */
  on(listener: (event: EngineEvent) => void): () => void;
  /** A host tells that it left out events for a slow client; reports say how many. */
  dropped(events: number): void;
  /** Whether a run is on. */
  busy(): boolean;
  /** Ends an active run (its report is kept), then every worker and child process. Idempotent. */
  close(): Promise<void>;
}
