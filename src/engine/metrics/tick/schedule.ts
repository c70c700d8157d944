/** When ticks are due: every `periodMs` from `startMs`, on the monotonic clock. */
export interface Schedule {
  startMs: number;
  periodMs: number;
}

/**
 * The next time a tick is due. Times are multiples of the period from the start, so that lateness never adds up; ones
 * that were missed are skipped, never made up for in a burst, and so is one less than half a period away.
 */
export function nextDueMs({ startMs, periodMs }: Schedule, nowMs: number): number {
  return startMs + Math.ceil((nowMs - startMs) / periodMs + 0.5) * periodMs;
}

export interface TickerOptions {
  periodMs: number;
  nowMs: () => number;
  /** When the first tick is due; default: at once. */
  firstMs?: number;
  /** Called at each tick with the time and how late it came, ms. */
  tick: (atMs: number, lateMs: number) => void;
  setTimer?: (callback: () => void, delayMs: number) => NodeJS.Timeout;
}

/** Ticks until it is stopped. Returns the (idempotent) stop. */
export function startTicker({
  periodMs,
  nowMs,
  firstMs = -Infinity,
  tick,
  setTimer = setTimeout,
}: TickerOptions): () => void {
  const schedule: Schedule = { startMs: Math.max(firstMs, nowMs()), periodMs };
  let dueMs = schedule.startMs;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = (): void => {
    const atMs = nowMs();
    // Timers may fire up to a millisecond early.
    tick(atMs, Math.max(0, atMs - dueMs));
    if (stopped) return;
    dueMs = nextDueMs(schedule, nowMs());
    timer = setTimer(run, Math.max(0, dueMs - nowMs()));
  };
  if (schedule.startMs > nowMs()) timer = setTimer(run, schedule.startMs - nowMs());
  else run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
