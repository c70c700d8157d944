import type { CoreloomError, ExecutorKey, WorkloadInfo } from '../../contract';
import type { Entries } from '../entries';

/** The input of one task: everything it depends on, so that every executor can do the same work. */
export interface TaskInput {
  workload: string;
  size: number;
  /** Seed of the generated data of this one task. */
  seed: number;
  /** Values of the workload's settings, the same for all tasks of a run; absent where it has none. */
  settings?: Readonly<Record<string, number>>;
  /** What `prepare` made for the run; absent where it made nothing. */
  prepared?: PreparedValues;
}

/** Small plain data: every task carries it, to executors in whatever language. */
export type PreparedValues = Readonly<Record<string, string | number>>;

/** Something that lives as long as a run: a server, an array that all tasks read. */
export interface Prepared {
  /** How tasks find it. What is large is not among them: tasks keep what they found, once for each worker. */
  values: PreparedValues;
  /** What a reader of the run's report must know of it: one sentence. */
  warning?: string;
  /** Ends it once no task runs any more. */
  stop(): Promise<void>;
}

export interface PrepareRequest {
  settings: Readonly<Record<string, number>>;
  entries: Pick<Entries, 'httpServer'>;
  /** Aborted where the run ends meanwhile: whatever was begun is undone, and an error is thrown. */
  signal: AbortSignal;
  /** Told in one sentence what becomes of it while the run is on, for its report. */
  warn?(sentence: string): void;
  /** Told where it is gone and cannot be made again: the run ends with that error. */
  gone?(error: CoreloomError): void;
}

/** What a task may ask of the worker that runs it. */
export interface TaskContext {
  executor: ExecutorKey;
  worker: number;
  /** Prints a line that is shown as it comes, with the worker that printed it. */
  print(text: string): void;
}

/** Workers that hold more than this do not live in the engine's process. */
export const HEAVY_BYTES = 256 * 2 ** 20;

/** One workload; a further one is one file, a line in the registry and one in `tasks.ts` (docs/architecture.md). */
export interface Workload {
  info: WorkloadInfo;
  /** The exact size for a wanted length in ms, where size is a time by itself (`sleep`): nothing is calibrated then. */
  sizeForMs?(ms: number): number;
  /** True where sizes need not be whole numbers. */
  fractionalSize?: boolean;
  /** The line that is shown when all `workers` (1 or more) of an executor are done, where the workload prints. */
  closingLine?(executor: ExecutorKey, workers: number): string;
  /**
   * Makes what lives as long as a run, in the engine's own process and before any worker of the run is started. Takes
   * a bounded time; throws where the run cannot be made, in one sentence. What it made ends with the engine's process,
   * however that ends, or is found and removed at the next start.
   */
  prepare?(request: PrepareRequest): Promise<Prepared>;
  /**
   * Has the threads that this process starts from now on share what `prepare` made, where it is not the engine's process,
   * whose threads share it from the first.
   */
  share?(values: PreparedValues): void;
  /**
   * Where the same input may give another result, as code that is not ours may: `told` in a warning, or `expected`. Absent
   * where a result that differs means that no figure can be trusted.
   */
  varies?: 'told' | 'expected';
  /**
   * Bytes that one worker holds for tasks of a size, where that can be much: beyond HEAVY_BYTES threads run in a process
   * of their own, so that the system, where it has no memory left, ends that one and not the engine's.
   */
  heldBytes?(size: number): number;
  /** Does the work and answers its checksum, an unsigned 32-bit number that depends on the input alone. */
  run(input: TaskInput, context: TaskContext): number | Promise<number>;
}
