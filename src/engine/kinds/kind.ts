import type { z } from 'zod';
import type {
  EngineEvent,
  ExecutorKey,
  ExperimentChange,
  ExperimentKind,
  ExperimentState,
  MachineInfo,
  PythonChoice,
  PythonUsed,
  RecentWork,
  Report,
  ReportOf,
  SettingsOf,
  StopCause,
} from '../../contract';
import type { Sampler } from '../metrics/types';
import type { Entries } from '../entries';
import type { ReportReads } from '../report/reads';
import type { NodeExecutor } from './shared/staffing';
import type { Figure } from './shared/figure';
import type { FindSubject } from './shared/subject';

/** An experiment that is on, or that has ended. */
export interface Experiment {
  readonly id: string;
  state(): ExperimentState;
  /** Changes it while it is on. Default: it cannot be changed. Errors: `bad-input`, `not-available`; `no-run` if it is ending. */
  update?(change: ExperimentChange): void;
  /** What its workers did in the last seconds, for a client that comes later. Default: nothing is kept. */
  recent?(): RecentWork;
  /** Asks for the end; what was measured is kept. Default: it was not interrupted. */
  stop(cause?: StopCause): void;
  /** Resolves with the report, which is made whatever happens. */
  readonly ended: Promise<Report>;
}

/** A Python for an experiment. */
interface ExperimentPython {
  used: PythonUsed;
  executors: readonly NodeExecutor[];
  /** Why it cannot be that executor; null where it can. */
  lacks(name: ExecutorKey): string | null;
}

/** What an experiment of any kind is made with. */
export interface ExperimentKit {
  /** Node's executors, the baseline first where there is one. */
  executors: readonly NodeExecutor[];
  /** What settings with a workload or a module name, and who can run it. */
  subject: FindSubject;
  /**
   * The Python that has the executors named, or what the default one has where undefined; null if none is available and
   * none is named. Errors: `not-available`, `bad-input`.
   */
  python(wanted: readonly string[] | undefined, choice: PythonChoice | undefined): Promise<ExperimentPython | null>;
  /** Makes threads in a process of their own, which the experiment closes. Default: all threads are where the host has them. */
  hostThreads?: (() => NodeExecutor) | undefined;
  sampler: Sampler;
  machine: MachineInfo;
  createdBy: Report['createdBy'];
  entries: Pick<Entries, 'httpServer' | 'lab' | 'labPython'>;
  /** A new report's id, from the name of what is measured. */
  reportId(subject: string): string;
  /**
   * Keeps what was measured so far on disk, for when this process is killed; called between two measurements, and makes
   * the report only if that is due. Null if there is nothing yet. Never rejects.
   */
  keep(soFar: () => Report | null): Promise<void>;
  /** Keeps it again and again until the end, for what is measured without a pause. */
  follow(soFar: () => Report | null): void;
  /** Tells clients of a step. */
  announce(state: ExperimentState): void;
  /** Tells clients anything else. */
  emit(event: EngineEvent): void;
  /**
   * Tells clients what becomes of the workers of executors that were made for this experiment alone. Answers the
   * function that ends it.
   */
  forward(executors: readonly NodeExecutor[]): () => void;
  /** How many events hosts have left out for slow clients since the engine began. */
  droppedEvents(): number;
}

/** Starts an experiment of one kind. */
export type Planner<K extends ExperimentKind> = (settings: SettingsOf<K>, kit: ExperimentKit) => Promise<Experiment>;

/** One kind of experiment: all that the rest of Coreloom asks of it. */
export interface Kind<K extends ExperimentKind = ExperimentKind> {
  name: K;
  /** What it can be asked to do. */
  readonly settings: z.ZodType<SettingsOf<K>>;
  /** Makes every choice that settings leave open, and starts. Errors: `bad-input`, `unknown-workload`, `not-available`. */
  plan(settings: SettingsOf<K>, kit: ExperimentKit): Promise<Experiment>;
  /** How its report reads in every format, in the history and in the terminal. */
  reads: ReportReads<ReportOf<K>>;
  /** What of its report is set beside that of another. */
  figures(report: ReportOf<K>): Figure[];
  /** Its workers in words, by which two reports are told to be unlike. */
  workers(report: ReportOf<K>): string;
  /**
   * Makes of what was kept of an interrupted one the report that its end would have made: what takes a while is not
   * computed while it is on. Default: that is whole already.
   */
  complete?(report: ReportOf<K>): ReportOf<K> | Promise<ReportOf<K>>;
}
