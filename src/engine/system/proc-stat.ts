/**
 * The fields of `/proc/<pid>/stat` from the third on, the state: the first is the pid, and the second, the name in brackets, may
 * hold anything (proc_pid_stat(5)).
 */
export function statFields(text: string): string[] {
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

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
