import { parseProcessTimes } from './process-times';
import type { ProcFiles } from './proc-files';

/** Programs are started only to read the machine: their time may come so much later. */
const STARTED_EVERY_MS = 1000;

/** CPU time of this process, all its threads and (Linux) the programs it started, in ms. */
export function observerCpuReader(files: ProcFiles): () => number {
  let started = 0;
  let nextMs = -Infinity;
  return () => {
    const { user, system } = process.cpuUsage();
    const now = performance.now();
    if (process.platform === 'linux' && now >= nextMs) {
      started = parseProcessTimes(files.read('/proc/self/stat') ?? '')?.waitedForMs ?? started;
      nextMs = now + STARTED_EVERY_MS;
    }
    return (user + system) / 1000 + started;
  };
}
