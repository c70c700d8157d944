export type WorkloadKind = 'cpu' | 'io' | 'mixed' | 'custom';

/** What a workload's size means and how far it goes. */
export interface WorkloadSize {
  /** For example "numbers to test" or "bytes to write". */
  meaning: string;
  min: number;
  max: number;
  default: number;
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
  /** True where tasks print lines that are shown as they come. */
  prints: boolean;
}
