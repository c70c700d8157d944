import type { ExecutorName, WorkloadInfo } from '../../contract';

/** The input of one task: everything it depends on, so that every executor can do the same work. */
export interface TaskInput {
  workload: string;
  size: number;
  /** Seed of the generated data of this one task. */
  seed: number;
}

/** What a task may ask of the worker that runs it. */
export interface TaskContext {
  executor: ExecutorName;
  worker: number;
  /** Prints a line that is shown as it comes, with the worker that printed it. */
  print(text: string): void;
}

/** One workload; a further one is one file and one line in the registry. */
export interface Workload {
  info: WorkloadInfo;
  /** The exact size for a wanted length in ms, where size is a time by itself (`sleep`): nothing is calibrated then. */
  sizeForMs?(ms: number): number;
  /** True where sizes need not be whole numbers. */
  fractionalSize?: boolean;
  /** The line that is shown when all `workers` (1 or more) of an executor are done, where the workload prints. */
  closingLine?(executor: ExecutorName, workers: number): string;
  /**
   * Removes what tasks that were cut off left behind. Called in the engine's own process once no worker runs; never
   * throws.
   */
  tidy?(): void;
  /** Does the work and answers its checksum, an unsigned 32-bit number that depends on the input alone. */
  run(input: TaskInput, context: TaskContext): number | Promise<number>;
}
