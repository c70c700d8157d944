import type { ByExecutor, ExecutorKey } from './executors';
import type { ExecutorMemory } from './schemas';

/**
 * One tick of the sampler. Utilization is 0 to 1 *of one core*; arrays have one entry a core, in the order of
 * `cores`. `null` means "not available here".
 */
export interface Sample {
  /** Number of the tick since the sampler started. */
  tick: number;
  /** End of the tick on the monotonic clock, in ms. */
  atMs: number;
  /** Length of the tick: utilization is a ratio of deltas over this time, smoothed without moving its mean (see docs/measurement.md). */
  intervalMs: number;
  /** Core numbers, as the kernel counts them. */
  cores: number[];
  utilization: number[];
  /** What each executor's workers caused of each core's utilization; Linux only, an attribution (see docs/measurement.md). */
  byExecutor: ByExecutor<number[]> | null;
  /** What systeminformation says of the cores, at its own pace (1 Hz): only on ticks that carry a new value. */
  crossCheck: CrossCheck | null;
  /** In MHz at 1 Hz, only on ticks that carry a new value; so are the temperatures, °C. */
  frequencyMhz: (number | null)[] | null;
  temperatureC: number | null;
  /** Where cores have sensors of their own; with the temperature, which is that of the whole processor. */
  coreTemperatureC: (number | null)[] | null;
  memory: MemorySample | null;
  workers: WorkerSample[];
  /**
   * CPU time that workers used off the threads that run their tasks, ms over the tick: other threads of their processes and
   * processes that they started. null where it is not known; not there of an executor without workers.
   */
  offThreadCpuMs: ByExecutor<number | null>;
  observer: ObserverSample;
}

/** Utilization by systeminformation over about one second, and by the samples over the same one. Arrays are in the order of `cores`. */
export interface CrossCheck {
  /** The time that it speaks of, on the monotonic clock, ms. */
  fromMs: number;
  toMs: number;
  cores: number[];
  /** By systeminformation; null for a core that it knows nothing of. */
  utilization: (number | null)[];
  /** Mean of the samples over the same time; null for a core that they do not cover all of it. */
  kernel: (number | null)[];
}

/** Memory, at 1 Hz: only on ticks that carry a new value. */
export interface MemorySample {
  usedBytes: number;
  totalBytes: number;
  byExecutor: ByExecutor<ExecutorMemory>;
}

/** CPU use of one worker over the tick (Linux). */
export interface WorkerSample {
  executor: ExecutorKey;
  worker: number;
  /** CPU time of the thread that runs the tasks, in ms over the tick. */
  cpuMs: number | null;
  /** Time that thread was runnable but had no core, in ms over the tick. */
  runQueueMs: number | null;
  /** The core it ran on last. */
  core: number | null;
}

/** What looking costs. */
export interface ObserverSample {
  /** CPU time of the sampler over the tick, in ms. */
  cpuMs: number;
  /** CPU time of the engine's process less its worker threads, ms over the tick; null where it is not known, as while a thread starts in it. */
  engineCpuMs: number | null;
  /** How much later than planned the tick came, in ms. */
  lateMs: number;
}
