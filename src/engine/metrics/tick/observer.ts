import { parseProcessTimes } from './process-times';
import type { ProcFiles } from './proc-files';

/** CPU time of this process, all its threads and (Linux) the programs it started, in ms. */
export function observerCpuReader(files: ProcFiles): () => number {
  return () => {
    const { user, system } = process.cpuUsage();
    const started = process.platform === 'linux' ? (parseProcessTimes(files.read('/proc/self/stat') ?? '')?.waitedForMs ?? 0) : 0;
    return (user + system) / 1000 + started;
  };
}
