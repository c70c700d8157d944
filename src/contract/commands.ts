import type { KeptAppSettings } from './app-settings';
import type { ByExecutor, ExecutorKey, Language } from './executors';
import type { ExperimentSettings, ExperimentState, Report } from './experiment';
import type { ImportResult, ReportComparison, ReportList, ReportReading, SavedReport } from './history';
import type {
  AppSettings,
  AppSettingsChange,
  ExperimentChange,
  MachineInfo,
  ModuleChoice,
  ReportChoice,
  ReportChoices,
  ReportExport,
  ReportNote,
  ReportQuery,
  ReportSummary,
  ReportText,
  ReportTitle,
  StopCause,
  TaskLine,
  WorkloadInfo,
} from './schemas';
import type { PythonInfo } from './python';
import type { ModuleInfo, ModuleOffer } from './module';
import type { RateTable, TaskBlocks } from './run';
import type { Sample } from './sample';

/** Every command: name -> (argument) => result. A new command is one line here, its argument in `schemas/commands.ts`, one handler, one test. */
interface Commands {
  /** All that a client needs to draw itself, also in the middle of a run. */
  getState: (argument: null) => EngineState;
  /**
   * Starts an experiment of any kind; answers once it is accepted. Errors: bad-input, unknown-workload, not-available,
   * run-active, and those of inspectModule.
   */
  startExperiment: (settings: ExperimentSettings) => ExperimentState;
  /**
   * Sets worker counts of the active experiment; executors not named stay. Errors: no-run, not-available, bad-input (a
   * count, or a kind whose experiments cannot be changed while they are on).
   */
  updateExperiment: (change: ExperimentChange) => ExperimentState;
  /**
   * Ends the active experiment; what was measured is kept. Answers when its report is saved. A live run without a limit is
   * `completed` by being stopped, unless it was interrupted; everything else is `cancelled`. Errors: no-run.
   */
  stopExperiment: (cause: StopCause | null) => ExperimentState;
  /** Saved reports, newest first where nobody says otherwise. Errors: bad-input, not-available. */
  listReports: (query: ReportQuery | null) => ReportList;
  /** Errors: report-not-found, report-broken. */
  getReport: (report: ReportChoice) => Report;
  /** The same in words, to be shown. Errors: as of getReport. */
  readReport: (report: ReportChoice) => ReportReading;
  /** Renders a saved report and hands it to the host to keep (dialog, download). */
  exportReport: (wanted: ReportExport) => ExportResult;
  /** Gives a saved report a title; an empty one takes it away. Errors: report-not-found, not-writable, disk-full. */
  renameReport: (named: ReportTitle) => SavedReport;
  /** The same for a note. */
  noteReport: (noted: ReportNote) => SavedReport;
  /** Moves a saved report to the trash. Errors: report-not-found, not-writable. */
  deleteReport: (report: ReportChoice) => null;
  /** Takes a report out of the trash again. Errors: report-not-found, bad-input (its place is taken), not-writable. */
  restoreReport: (report: ReportChoice) => SavedReport;
  /** Stores a report that came as JSON text, once all of it was checked. Errors: report-broken, bad-input, not-writable, disk-full. */
  importReport: (report: ReportText) => ImportResult;
  /** Sets two to four saved reports side by side. Errors: report-not-found, report-broken. */
  compareReports: (reports: ReportChoices) => ReportComparison;
  /** The settings of the app, as the data folder has them now. */
  getAppSettings: (argument: null) => KeptAppSettings;
  /** Changes those named, and keeps them for every way in. Errors: bad-input, not-writable, disk-full. */
  changeAppSettings: (change: AppSettingsChange) => AppSettings;
  /** Which files of the user this host runs. */
  listModules: (argument: null) => ModuleOffer;
  /** Lets the host ask for a file (a dialog); null where none was chosen. Errors: not-available. */
  chooseModule: (argument: null) => { path: string } | null;
  /**
   * Has the host say whether a module may run, then looks at it. Errors: module-not-found, module-not-trusted,
   * module-broken.
   */
  inspectModule: (chosen: ModuleChoice) => ModuleInfo;
}

export type CommandName = keyof Commands;
export type CommandArgument<N extends CommandName> = Parameters<Commands[N]>[0];
export type CommandResult<N extends CommandName> = ReturnType<Commands[N]>;

/** The compiler asks for every name here: one that is missing would be no command for any client. */
const EVERY_COMMAND: Record<CommandName, true> = {
  getState: true,
  startExperiment: true,
  updateExperiment: true,
  stopExperiment: true,
  listReports: true,
  getReport: true,
  readReport: true,
  exportReport: true,
  renameReport: true,
  noteReport: true,
  deleteReport: true,
  restoreReport: true,
  importReport: true,
  compareReports: true,
  getAppSettings: true,
  changeAppSettings: true,
  listModules: true,
  chooseModule: true,
  inspectModule: true,
};

export const COMMAND_NAMES = Object.keys(EVERY_COMMAND) as CommandName[];

export interface EngineState {
  machine: MachineInfo;
  workloads: WorkloadInfo[];
  /** The largest count a slider offers, and the counts it starts with. */
  sliders: { max: number; defaults: Record<Language, ByExecutor<number>> };
  /** Executors that can run here; the others with the reason why not. `pythons`: what was found, the default first. */
  executors: { available: ExecutorKey[]; unavailable: ByExecutor<string>; pythons?: PythonInfo[] };
  /** The last experiment of each kind, newest first: an active one is the first. */
  experiments: ExperimentState[];
  /** Reports of experiments whose process was killed, saved when this engine began. */
  recovered: ReportSummary[];
  /** The last 60 s, oldest first. */
  samples: Sample[];
  /** What the workers of the newest live run did; null before the first. */
  recent: RecentWork | null;
  sampler: { hz: number };
}

/** What is kept of workers for a client that comes later. */
export interface RecentWork {
  /** The last 10 s of the run. */
  blocks: TaskBlocks;
  /** The last 60 s of the run. */
  rates: RateTable;
  lines: TaskLine[];
}

export type ExportResult =
  | { state: 'saved'; path: string }
  | { state: 'cancelled' }
  /** For a client that saves by itself (a browser's download). */
  | { state: 'content'; fileName: string; mediaType: string; encoding: 'text' | 'base64'; text: string };
