import { readFileSync, writeFileSync } from 'node:fs';

/** Half of all memory, in thousandths: as if a worker held so much more than it does. */
const MORE = 500;
const MOST = 1000;

/**
 * Linux: where memory runs out, the system is to end this process, and those that it starts from now on, before the one
 * that measures: a worker is replaced and its task runs again, and nothing measured is lost (proc_pid_oom_score_adj(5)).
 * Elsewhere, and where the system does not let it, nothing changes.
 */
export function makeExpendable(pid: number | undefined): void {
  if (process.platform !== 'linux' || pid === undefined) return;
  try {
    const own = Number(readFileSync('/proc/self/oom_score_adj', 'latin1'));
    writeFileSync(`/proc/${String(pid)}/oom_score_adj`, String(Math.min(MOST, own + MORE)));
  } catch {
    // It is gone already, or the files are not to be written here.
  }
}
