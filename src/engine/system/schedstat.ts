/** Time a thread has been on a core and runnable without one, ms since it started, and how often it was given a core. */
export interface SchedulerTimes {
  cpuMs: number;
  runQueueMs: number;
  slices: number;
}

/** Parses `/proc/<pid>/task/<tid>/schedstat` (Documentation/scheduler/sched-stats.rst); null where the kernel does not count. */
export function parseSchedstat(text: string): SchedulerTimes | null {
  const [cpuNs, waitNs, slices] = text.trim().split(/\s+/).map(Number);
  if (cpuNs === undefined || waitNs === undefined || slices === undefined) return null;
  // A thread that can be read has run at least once: three zeros are a kernel without CONFIG_SCHED_INFO.
  if (!(cpuNs + waitNs + slices > 0)) return null;
  return { cpuMs: cpuNs / 1e6, runQueueMs: waitNs / 1e6, slices };
}
