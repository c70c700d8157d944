import { EXECUTORS, type ExecutorName, type RunState } from '../../../contract';

/** Tasks finished a second by executor over the last minute. */
export interface RateHistory {
  readonly length: number;
  readonly newestMs: number | null;
  atMs(index: number): number;
  /** NaN where the executor took no part. */
  value(executor: ExecutorName, index: number): number;
  executors(): ExecutorName[];
  /** Workers that could take tasks, on average over the second that the newest rate is of; null before any. */
  meanLive(executor: ExecutorName): number | null;
  push(atMs: number, run: RunState): void;
  clear(): void;
}

const ROWS = 1024;
/** Ten a second arrive; closer ones are changes of phase that repeat the same second. */
const CLOSEST_MS = 50;

/** An empty history; index 0 is the oldest kept point. */
export function createRateHistory(): RateHistory {
  const times = new Float64Array(ROWS);
  const rates = new Map<ExecutorName, Float32Array>();
  const lives = new Map<ExecutorName, Float32Array>();
  let written = 0;
  const length = (): number => Math.min(written, ROWS);
  const rowAt = (index: number): number => (written - length() + index) % ROWS;

  return {
    get length() {
      return length();
    },
    get newestMs() {
      return written === 0 ? null : (times[(written - 1) % ROWS] ?? null);
    },
    atMs: (index) => times[rowAt(index)] ?? 0,
    value: (executor, index) => rates.get(executor)?.[rowAt(index)] ?? Number.NaN,
    meanLive(executor) {
      const newest = times[(written - 1) % ROWS] ?? 0;
      let sum = 0;
      let points = 0;
      for (let index = length() - 1; index >= 0 && (times[rowAt(index)] ?? 0) > newest - 1000; index--) {
        sum += lives.get(executor)?.[rowAt(index)] ?? 0;
        points++;
      }
      return points === 0 ? null : sum / points;
    },
    executors: () => EXECUTORS.filter((executor) => rates.has(executor)),
    push(atMs, run) {
      if (written > 0 && atMs - (times[(written - 1) % ROWS] ?? 0) < CLOSEST_MS) return;
      const row = written % ROWS;
      times[row] = atMs;
      for (const column of rates.values()) column[row] = Number.NaN;
      for (const progress of run.executors) {
        const column = rates.get(progress.executor) ?? new Float32Array(ROWS).fill(Number.NaN);
        rates.set(progress.executor, column);
        column[row] = progress.throughput;
        const live = lives.get(progress.executor) ?? new Float32Array(ROWS);
        lives.set(progress.executor, live);
        live[row] = progress.live;
      }
      written++;
    },
    clear() {
      rates.clear();
      lives.clear();
      written = 0;
    },
  };
}
