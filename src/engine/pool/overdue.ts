import { nowMs } from '../clock';
import type { Slot } from './slot';
import { isSuspended, suspendedLastMs, SUSPENSION_MS } from './suspended';
import type { Task } from './task';

/** How often is looked, at least and at most, ms. */
const SHORTEST_MS = 10;
const LONGEST_MS = 1000;
/** Until the next look where one was overdue, ms: its worker, and others that end with it, are gone by then. */
const AGAIN_MS = 100;
/** A look that comes so much too late, ms, has not seen what happened meanwhile: this process stood still, and maybe all others too. */
const BLIND_MS = 250;

export interface OverdueOptions<A, R> {
  deadlineMs: number;
  slots: readonly Slot<A, R>[];
  missed(task: Task<A, R>, slot: Slot<A, R>): void;
}

/**
 * Looks again and again for tasks that run longer than any may, and finds one at a time. Of those whose own doing that is
 * (others that share their process may only have waited for them) the one that has run longest. Nobody is blamed at the
 * first look: the answer may have come and not been read. Returns what ends that.
 */
export function watchForOverdue<A, R>({ deadlineMs, slots, missed }: OverdueOptions<A, R>): () => void {
  const everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, deadlineMs / 4));
  let seen = new Set<Task<A, R>>();
  let pardonedUntilMs = 0;
  let timer: NodeJS.Timeout;
  const again = (delayMs: number): void => {
    const dueMs = nowMs() + delayMs;
    timer = setTimeout(() => {
      const lateMs = nowMs() - dueMs;
      // Time that nobody could use is no task's.
      if (lateMs > BLIND_MS) pardonedUntilMs = nowMs() + Math.min(lateMs, deadlineMs);
      look();
    }, delayMs).unref();
  };
  const look = (): void => {
    const overdue = nowMs() < pardonedUntilMs ? [] : overdueOf(slots, deadlineMs);
    const known = overdue.filter(({ task }) => seen.has(task));
    seen = new Set(overdue.map(({ task }) => task));
    const found = known.find(({ slot }) => slot.atFault());
    again(overdue.length === 0 ? everyMs : known.length === 0 ? SHORTEST_MS : AGAIN_MS);
    if (found !== undefined) missed(found.task, found.slot);
  };
  again(everyMs);
  return () => {
    clearTimeout(timer);
  };
}

/** The longest first. */
function overdueOf<A, R>(slots: readonly Slot<A, R>[], deadlineMs: number): { task: Task<A, R>; slot: Slot<A, R>; forMs: number }[] {
  return slots
    .filter((slot) => !slot.stopped)
    .flatMap((slot) => {
      const running = slot.running();
      return running === null ? [] : [{ slot, task: running.task, forMs: nowMs() - running.sinceMs, limitMs: deadlineMs + pardonMs(slot.pid, running.sinceMs, deadlineMs) }];
    })
    .filter(({ slot, forMs, limitMs }) => forMs > limitMs && !isSuspended(slot.pid))
    .sort((a, b) => b.forMs - a.forMs);
}

/** A process that is suspended for longer is ended for that; a task that was suspended shorter has that much more time. */
function pardonMs(pid: number, sinceMs: number, deadlineMs: number): number {
  const lastMs = suspendedLastMs(pid);
  return lastMs !== null && lastMs >= sinceMs ? Math.min(deadlineMs, SUSPENSION_MS) : 0;
}
