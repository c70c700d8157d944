import type { CoreTimes } from './cpu-times';

/** A counter that only grows, whatever the raw one does. */
interface Counter {
  totalMs: number;
  highMs: number;
}

/** By core number: ms since the core was first seen. */
export interface CoreTotals {
  busy: Map<number, number>;
  idle: Map<number, number>;
}

/** A raw counter this far behind started over; less is the kernel's known jitter of idle and iowait (proc_stat(5)). */
const RESTART_MS = 1000;

function advance(counter: Counter | undefined, rawMs: number): Counter {
  if (counter === undefined) return { totalMs: 0, highMs: rawMs };
  if (rawMs >= counter.highMs) return { totalMs: counter.totalMs + rawMs - counter.highMs, highMs: rawMs };
  if (counter.highMs - rawMs > RESTART_MS) return { totalMs: counter.totalMs, highMs: rawMs };
  return counter;
}

/**
 * Makes totals that never go backwards out of raw core times. A raw counter that falls a little is held until it has
 * caught up, so that nothing is counted twice; a core that went and came back starts over.
 */
export function createCoreCounters(): (times: readonly CoreTimes[]) => CoreTotals {
  let known = new Map<number, { busy: Counter; idle: Counter }>();
  return (times) => {
    const next: typeof known = new Map();
    const totals: CoreTotals = { busy: new Map(), idle: new Map() };
    for (const { core, busyMs, idleMs } of times) {
      const before = known.get(core);
      const counters = { busy: advance(before?.busy, busyMs), idle: advance(before?.idle, idleMs) };
      next.set(core, counters);
      totals.busy.set(core, counters.busy.totalMs);
      totals.idle.set(core, counters.idle.totalMs);
    }
    known = next;
    return totals;
  };
}
