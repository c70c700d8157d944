import { nowMs } from '../../system/clock';

/** How long an experiment has taken; stands still once stopped. */
export interface Stopwatch {
  /** ISO 8601 wall time. */
  readonly startedAt: string;
  readonly stopped: boolean;
  elapsedMs(): number;
  /** Idempotent. */
  stop(): void;
}

export function startStopwatch(): Stopwatch {
  const startedAt = new Date().toISOString();
  const startedMs = nowMs();
  let endedMs: number | null = null;
  return {
    startedAt,
    get stopped() {
      return endedMs !== null;
    },
    elapsedMs: () => (endedMs ?? nowMs()) - startedMs,
    stop() {
      endedMs ??= nowMs();
    },
  };
}

/** How much is done, 0 to 1: time gone against the time that it is expected to take in all, at most. */
export function progressOf(ended: boolean, elapsedMs: number, remainingMs: number | null): number | null {
  if (ended) return 1;
  return remainingMs === null ? null : elapsedMs / (elapsedMs + remainingMs);
}
