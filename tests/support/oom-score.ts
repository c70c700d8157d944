import { readFileSync } from 'node:fs';

/** How much sooner than another of its size the system ends a process where memory runs out, -1000 to 1000 (Linux). */
export function oomScore(pid: number | 'self'): number {
  return Number(readFileSync(`/proc/${String(pid)}/oom_score_adj`, 'latin1'));
}
