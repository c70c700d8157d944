import { readFileSync } from 'node:fs';
import { parseSchedstat } from './schedstat';

/** CPU time of this process's main thread, which is the engine, since it started, ms; null where the system does not tell threads apart. */
export function mainThreadCpuMs(): number | null {
  try {
    return parseSchedstat(readFileSync(`/proc/self/task/${String(process.pid)}/schedstat`, 'latin1'))?.cpuMs ?? null;
  } catch {
    return null;
  }
}
