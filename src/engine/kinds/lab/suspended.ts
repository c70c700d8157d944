import { readFileSync } from 'node:fs';
import { isSuspended, SUSPENDED } from '../../system/suspended';

const LOOK_MS = 1_000;

/**
 * Calls `found` once a process, or one that it or its children started, has been suspended (SIGSTOP) for two looks in a
 * row: it neither ends nor answers by itself. Linux only. Answers what ends the watch.
 */
export function watchSuspended(pid: number | undefined, found: (reason: string) => void): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => {};
  let before = new Set<number>();
  const timer = setInterval(() => {
    const now = new Set(family(pid).filter(isSuspended));
    if ([...now].some((one) => before.has(one))) {
      clearInterval(timer);
      found(SUSPENDED);
    }
    before = now;
  }, LOOK_MS).unref();
  return () => {
    clearInterval(timer);
  };
}

/** A process and all beneath it that its first thread started. */
function family(pid: number): number[] {
  return [pid, ...children(pid).flatMap(family)];
}

function children(pid: number): number[] {
  try {
    return readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'latin1')
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    // It has ended, or the kernel was built without.
    return [];
  }
}
