import { readlinkSync } from 'node:fs';

/** Kernel thread id of the calling thread; null where the system gives none (all but Linux). */
export function ownTid(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const tid = Number(readlinkSync('/proc/thread-self').split('/').pop());
    return Number.isSafeInteger(tid) ? tid : null;
  } catch {
    return null;
  }
}
