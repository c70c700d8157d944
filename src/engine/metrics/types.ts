import type { ErrorInfo, ExecutorKey, MachineInfo, Sample } from '../../contract';

/** A worker whose CPU use is attributed. */
export interface WatchedWorker {
  executor: ExecutorKey;
  worker: number;
  pid: number;
  /** Thread that runs the tasks; null where unknown (then only the process is looked at). */
  tid: number | null;
  /** A thread shares its process with the engine, a process is the worker's own. */
  kind: 'thread' | 'process';
  /** Threads of its process that are ours, beside the first of one that holds threads: what they use is no task's. */
  ours?: readonly number[];
  /** Others start in its process: what they use is not told from what its tasks do off their threads. */
  joined?: boolean;
  /** Its tasks may start processes: those that live are looked for. */
  starts?: boolean;
  /** Its process holds what earlier work left, or threads that wait: what is its workers' own is not known. */
  shared?: boolean;
}

/** Parent half of the sampler, a forked process of its own. */
export interface Sampler {
  /** Ticks a second while something is measured. */
  readonly hz: number;
  /** Changes that, from the next `start` on. Throws `bad-input` for a rate that cannot be. */
  setRate(hz: number): void;
  /**
   * Starts the process, or goes on at the full rate; resolves at the first sample. Rejects with `sampler-failed`. Restarts it if it dies, a
   * bounded number of times; after those, calling this starts it again. A sample comes one tick after the time it speaks of (`atMs`).
   */
  start(): Promise<void>;
  /** Ticks more seldom until `start` is called again: nothing is measured. No time is lost when the rate changes. */
  rest(): void;
  /** Reads the machine once, in the sampler's process (systeminformation blocks); cached; works before `start`. Rejects with `sampler-failed`. */
  machine(): Promise<Omit<MachineInfo, 'versions'>>;
  /** Replaces the list of workers that samples speak of. */
  watch(workers: readonly WatchedWorker[]): void;
  /**
   * Ends the tick that is on, so that one begins now, and resolves once it has; its sample comes with the next tick. Without a
   * process it resolves when there is one again, or when it is stopped.
   */
  readNow(): Promise<void>;
  /** Subscribes to samples; returns the unsubscriber. */
  on(listener: (sample: Sample) => void): () => void;
  /** Subscribes to what went wrong while sampling (it died and is started again, it gave up); returns the unsubscriber. */
  onWarning(listener: (warning: ErrorInfo) => void): () => void;
  /** Ends the process. Idempotent. */
  stop(): Promise<void>;
}
