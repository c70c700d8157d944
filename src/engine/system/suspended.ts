import { readFileSync } from 'node:fs';
import { nowMs } from './clock';
import { statFields } from './proc-stat';

const LOOK_MS = 250;
const LOOKS = 4;
/** The longest time that a process can be suspended without being ended for it, ms. */
export const SUSPENSION_MS = (LOOKS + 1) * LOOK_MS;
/** When a watched process was last seen suspended. */
const lastSeenMs = new Map<number, number>();

/** When a process that is watched was last seen suspended, on the clock of `clock.ts`; null where never. */
export function suspendedLastMs(pid: number): number | null {
  return lastSeenMs.get(pid) ?? null;
}

/** What is said of a process that is ended for it. */
export const SUSPENDED = 'it was suspended and did not go on';

/** Looks now and then whether processes are suspended (SIGSTOP): they neither end nor answer by themselves. Linux only. */
export class SuspensionWatch {
  /** By process id: how often in a row it was found suspended, and what to do then. */
  readonly #watched = new Map<number, { times: number; found: (reason: string) => void }>();
  #timer: NodeJS.Timeout | null = null;

  /** Calls `found`, with what to say of it, once a process has been suspended for several looks in a row, because one look may hit a brief stop. */
  add(pid: number, found: (reason: string) => void): void {
    if (process.platform !== 'linux') return;
    this.#watched.set(pid, { times: 0, found });
    this.#timer ??= setInterval(() => {
      this.#look();
    }, LOOK_MS).unref();
  }

  remove(pid: number): void {
    this.#watched.delete(pid);
    lastSeenMs.delete(pid);
    if (this.#watched.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    for (const [pid, watched] of this.#watched) {
      watched.times = isSuspended(pid) ? watched.times + 1 : 0;
      if (watched.times > 0) lastSeenMs.set(pid, nowMs());
      if (watched.times === LOOKS) watched.found(SUSPENDED);
    }
  }
}

/** Whether a process is stopped by a signal; false where it has ended. */
export function isSuspended(pid: number): boolean {
  try {
    return statFields(readFileSync(`/proc/${String(pid)}/stat`, 'latin1'))[0] === 'T';
  } catch {
    // It has ended; its own event tells.
    return false;
  }
}
