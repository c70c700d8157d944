import { nowMs } from '../clock';
import type { Slot } from './slot';
import type { Task } from './task';

/** How often is looked, at least and at most, ms. */
const SHORTEST_MS = 10;
const LONGEST_MS = 1000;
/** Until the next look where one was overdue, ms: its worker, and others that end with it, are gone by then. */
const AGAIN_MS = 100;

export interface OverdueOptions<A, R> {
  deadlineMs: number;
  slots: readonly Slot<A, R>[];
  missed(task: Task<A, R>, slot: Slot<A, R>): void;
}

/**
 * Looks again and again for tasks that run longer than any may, and finds one at a time, the one that has run longest:
 * where workers share a process, others may only have waited for it. Returns what ends that.
 */
export function watchForOverdue<A, R>({ deadlineMs, slots, missed }: OverdueOptions<A, R>): () => void {
  const everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, deadlineMs / 4));
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const longest = slots.filter((slot) => !slot.stopped).sort((a, b) => b.runningForMs() - a.runningForMs())[0];
    const running = longest?.running() ?? null;
    const overdue = longest !== undefined && running !== null && nowMs() - running.sinceMs > deadlineMs;
    timer = setTimeout(look, overdue ? AGAIN_MS : everyMs).unref();
    if (overdue) missed(running.task, longest);
  };
  timer = setTimeout(look, everyMs).unref();
  return () => {
    clearTimeout(timer);
  };
}
