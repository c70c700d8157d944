/** Remembers what a process held before it had threads, so that what threads add can be told. */
export interface Baselines {
  /** Says which processes host threads from now on. */
  hosts(pids: ReadonlySet<number>, nowMs: number): void;
  /** The resident set of a process as read at a moment. */
  seen(pid: number, residentBytes: number, nowMs: number): void;
  /** Bytes that a host grew by since it had no threads, never below 0; null where that is not known. */
  growth(pid: number, residentBytes: number, readMs: number): number | null;
}

/** A thread is watched only once it is ready: a resident set read this shortly before may hold part of it already. */
const START_UP_MS = 500;

/** The last reading old enough not to hold part of the first thread is the baseline. */
export function createBaselines(): Baselines {
  const without = new Map<number, { residentBytes: number; atMs: number }[]>();
  const hosting = new Map<number, { baselineBytes: number | null; sinceMs: number }>();

  function baseline(pid: number, nowMs: number): number | null {
    const readings = without.get(pid) ?? [];
    return readings.findLast(({ atMs }) => atMs <= nowMs - START_UP_MS)?.residentBytes ?? null;
  }

  return {
    hosts(pids, nowMs) {
      for (const pid of hosting.keys()) if (!pids.has(pid)) hosting.delete(pid);
      for (const pid of pids) {
        if (!hosting.has(pid)) hosting.set(pid, { baselineBytes: baseline(pid, nowMs), sinceMs: nowMs });
        without.delete(pid);
      }
    },
    seen(pid, residentBytes, nowMs) {
      if (hosting.has(pid)) return;
      without.set(pid, [...(without.get(pid) ?? []), { residentBytes, atMs: nowMs }].slice(-3));
    },
    growth(pid, residentBytes, readMs) {
      const host = hosting.get(pid);
      if (!host || host.baselineBytes === null || readMs < host.sinceMs) return null;
      return Math.max(0, residentBytes - host.baselineBytes);
    },
  };
}
