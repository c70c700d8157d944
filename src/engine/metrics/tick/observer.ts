import type { ProcFiles } from './proc-files';

/** CPU time of the programs that a process started and that have ended, ms: fields 16 and 17 of `/proc/<pid>/stat`. */
export function parseChildrenCpu(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  const ticks = (fields[16 - 3] ?? 0) + (fields[17 - 3] ?? 0);
  return Number.isFinite(ticks) ? ticks * 10 : 0;
}

/** CPU time of this process, all its threads and (Linux) the programs it started, in ms. */
export function observerCpuReader(files: ProcFiles): () => number {
  return () => {
    const { user, system } = process.cpuUsage();
    const started = process.platform === 'linux' ? parseChildrenCpu(files.read('/proc/self/stat') ?? '') : 0;
    return (user + system) / 1000 + started;
  };
}
