/** The machine a run is made on. `null` means "not available here", never 0. */
export interface MachineInfo {
  cpuModel: string;
  physicalCores: number | null;
  /** Hardware threads that the system has, whether they may be used or not. */
  hardwareThreads: number;
  threadsPerCore: number | null;
  /** Core kinds, for example `performance` and `efficiency`, with how many of each; null where not known. */
  coreKinds: { kind: string; count: number }[] | null;
  governor: string | null;
  memoryBytes: number;
  /** What a cgroup grants of the memory, where that is less, and the file that says so; null where none does. Absent in older reports. */
  memoryLimit?: { bytes: number; file: string } | null;
  os: string;
  arch: string;
  versions: { coreloom: string; node: string; electron: string | null };
  limits: CpuLimits;
  /** Whether the clocks of the processes of this machine agree: `process.hrtime` is one monotonic clock. */
  clock: { source: string; agrees: boolean };
}

/** What this process may use of the machine. */
export interface CpuLimits {
  /** Core numbers that the affinity mask (and cpuset) allow; null where not known. */
  allowedCores: number[] | null;
  /** CPUs' worth of time that a cgroup quota grants (1.5 = one and a half); null where there is none. */
  quotaCpus: number | null;
  /** min(hardware threads, allowed cores, quota), at least a fraction above 0: the ceiling of CPU-bound speed-up. */
  effectiveCpus: number;
  /** How each limit was found, in one sentence, to be shown. */
  explanation: string;
}

/** How many cores this process may run on, whatever a quota grants of their time: all where it is not known. */
export function allowedCoreCount({ limits, hardwareThreads }: Pick<MachineInfo, 'limits' | 'hardwareThreads'>): number {
  return limits.allowedCores?.length ?? hardwareThreads;
}

/** What the quota of a control group did to its threads over some time. */
export interface Throttled {
  /** Periods of the quota in which somebody wanted to run, and those of them in which it kept threads off the cores. */
  periods: number;
  stopped: number;
  /** For how long, summed over cores, ms. */
  stoppedMs: number;
}
