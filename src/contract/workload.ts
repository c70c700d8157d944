export type WorkloadKind = 'cpu' | 'io' | 'mixed' | 'custom';

/** What a workload's size means and how far it goes. */
export interface WorkloadSize {
  /** For example "numbers to test" or "bytes to write". */
  meaning: string;
  min: number;
  max: number;
  default: number;
}

/** A choice beside the size, the same for all tasks of a run: the delay of a server, the size of a shared array. */
export interface WorkloadSetting {
  /** As given: `delayMs`. */
  name: string;
  /** As shown: `Delay`. */
  title: string;
  /** For example "milliseconds that the server waits before it answers". */
  meaning: string;
  min: number;
  max: number;
  default: number;
  /** True where only whole numbers will do. */
  whole: boolean;
}

/** What a client knows of a workload. */
export interface WorkloadInfo {
  /** As typed: `sha256`. */
  name: string;
  /** As shown: `SHA-256`. */
  title: string;
  kind: WorkloadKind;
  /** Two or three words beneath the title on its card: `CPU · crypto`. */
  tag: string;
  /** One line. */
  summary: string;
  /** What it exercises, in words that can explain a result: `one core's integer units; no allocation`. */
  exercises: string;
  size: WorkloadSize;
  /** What can be chosen beside the size; mostly nothing. */
  settings: WorkloadSetting[];
  /** Whether CPython releases its interpreter lock in nearly all of the work; null where that is not known. */
  releasesLock: boolean | null;
  /** True where tasks print lines that are shown as they come. */
  prints: boolean;
}
