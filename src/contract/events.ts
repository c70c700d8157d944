import type { EngineState } from './commands';
import type { AppSettings, ErrorInfo, ReportSummary, TaskLine } from './schemas';
import type { ExperimentState } from './experiment';
import type { TaskBlocks } from './run';
import type { Sample } from './sample';
import type { ExecutorKey } from './executors';

/** Everything the engine tells its clients unasked. */
export type EngineEvent =
  | { type: 'sample'; sample: Sample }
  | { type: 'pool-changed'; executor: ExecutorKey; desired: number; live: number }
  | { type: 'blocks'; blocks: TaskBlocks }
  | { type: 'lines'; lines: TaskLine[] }
  /** At every step of an experiment; of a live run 10 times a second. */
  | { type: 'experiment-changed'; experiment: ExperimentState }
  | { type: 'experiment-ended'; experiment: ExperimentState }
  | { type: 'reports-changed' }
  /** What experiments had measured whose process was killed was saved. */
  | { type: 'reports-recovered'; reports: ReportSummary[] }
  /** A client of this engine changed the settings of the app. */
  | { type: 'app-settings-changed'; settings: AppSettings }
  /** Pythons were found, or that there are none. */
  | { type: 'executors-changed'; executors: EngineState['executors'] }
  /** A person gave this host a file outside of the page: by its menu, or by dropping it on the window. Told by a host. */
  | { type: 'module-offered'; path: string }
  /** CPU time of the window's own processes as a share of one core. Told by a host that can measure it. */
  | { type: 'page-cost'; share: number }
  /** `unsaved`: the report that could not be saved and is in memory alone, where that is what it warns of. */
  | { type: 'warning'; warning: ErrorInfo; unsaved?: string | undefined };
