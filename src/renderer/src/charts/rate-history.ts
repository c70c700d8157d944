import { inOrder, type ExecutorKey, type RateTable, type LiveState } from '../../../contract';

/** Tasks finished a second by executor over the last minute. */
export interface RateHistory {
  readonly length: number;
  readonly newestMs: number | null;
  atMs(index: number): number;
  /** NaN where the executor took no part. */
  value(executor: ExecutorKey, index: number): number;
  executors(): ExecutorKey[];
  /** Workers that could take tasks, on average over the second that the newest rate is of; null before any. */
  meanLive(executor: ExecutorKey): number | null;
  push(atMs: number, run: LiveState): void;
  /** Takes up the minute that the engine kept, where nothing newer is there. */
  load(table: RateTable): void;
  clear(): void;
}

const ROWS = 1024;
/** Ten a second arrive; closer ones are changes of phase that repeat the same second. */
const CLOSEST_MS = 50;

/** An empty history; index 0 is the oldest kept point. */
export function createRateHistory(): RateHistory {
  const times = new Float64Array(ROWS);
  const rates = new Map<ExecutorKey, Float32Array>();
  const lives = new Map<ExecutorKey, Float32Array>();
  let written = 0;
  const length = (): number => Math.min(written, ROWS);
  const rowAt = (index: number): number => (written - length() + index) % ROWS;

  const columnOf = (columns: Map<ExecutorKey, Float32Array>, executor: ExecutorKey): Float32Array => {
    const column = columns.get(executor) ?? new Float32Array(ROWS).fill(Number.NaN);
    columns.set(executor, column);
    return column;
  };
  /** An executor without workers has no rate: it takes no part, which is not 0. */
  const write = (atMs: number, values: Iterable<{ executor: ExecutorKey; perSecond: number; live: number }>): void => {
    if (written > 0 && atMs - (times[(written - 1) % ROWS] ?? 0) < CLOSEST_MS) return;
    const row = written % ROWS;
    times[row] = atMs;
    for (const column of [...rates.values(), ...lives.values()]) column[row] = Number.NaN;
    for (const { executor, perSecond, live } of values) {
      if (perSecond === 0 && live === 0) continue;
      columnOf(rates, executor)[row] = perSecond;
      columnOf(lives, executor)[row] = live;
    }
    written++;
  };

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
        sum += lives.get(executor)?.[rowAt(index)] || 0;
        points++;
      }
      return points === 0 ? null : sum / points;
    },
    executors: () => inOrder(rates.keys()),
    push(atMs, run) {
      write(
        atMs,
        run.executors.map(({ executor, throughput, live }) => ({ executor, perSecond: throughput, live })),
      );
    },
    load(table) {
      const executors = Object.keys(table.byExecutor) as ExecutorKey[];
      table.atMs.forEach((atMs, index) => {
        const at = (column: readonly number[] | undefined): number => column?.[index] ?? 0;
        write(
          atMs,
          executors.map((executor) => ({
            executor,
            perSecond: at(table.byExecutor[executor]?.perSecond),
            live: at(table.byExecutor[executor]?.live),
          })),
        );
      });
    },
    clear() {
      rates.clear();
      lives.clear();
      written = 0;
    },
  };
}
