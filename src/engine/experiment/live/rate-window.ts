import type { ByExecutor, ExecutorName, RateTable } from '../../../contract';

/** How far back a client that comes later sees the rates, in ms. */
export const RATE_WINDOW_MS = 60_000;

/** The rates of the last minute of a run; they stay once it has ended. */
export interface RateWindow {
  /** Books tasks a second and live workers at the end of a sample; an executor that is not named had none. */
  add(atMs: number, perSecond: ByExecutor<number>, live: ByExecutor<number>): void;
  table(): RateTable;
}

interface Row {
  atMs: number;
  perSecond: ByExecutor<number>;
  live: ByExecutor<number>;
}

const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;

export function createRateWindow(executors: readonly ExecutorName[], windowMs = RATE_WINDOW_MS): RateWindow {
  let rows: Row[] = [];
  const kept = (): Row[] => rows.filter((row) => (rows.at(-1)?.atMs ?? 0) - row.atMs <= windowMs);

  return {
    add(atMs, perSecond, live) {
      rows.push({ atMs, perSecond, live });
      // Cut in blocks, so that a sample costs no copy of the window.
      if (atMs - (rows[0]?.atMs ?? atMs) > 1.2 * windowMs) rows = kept();
    },
    table() {
      const all = kept();
      const columns = (name: ExecutorName): { perSecond: number[]; live: number[] } => ({
        perSecond: all.map((row) => rounded(row.perSecond[name] ?? 0)),
        live: all.map((row) => row.live[name] ?? 0),
      });
      const taking = executors.filter((name) => all.some((row) => (row.live[name] ?? 0) > 0 || (row.perSecond[name] ?? 0) > 0));
      return { atMs: all.map((row) => row.atMs), byExecutor: Object.fromEntries(taking.map((name) => [name, columns(name)])) };
    },
  };
}
