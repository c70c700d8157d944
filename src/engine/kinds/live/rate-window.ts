import type { ByExecutor, ExecutorKey, LockProgress, LockRow, RateTable } from '../../../contract';

/** How far back a client that comes later sees the rates, in ms. */
const RATE_WINDOW_MS = 60_000;
/** How far back it sees who waited for a lock: as far as the rows of workers go. */
const LOCK_WINDOW_MS = 10_000;

/** What a sample tells of each executor; one that is not named had none. */
interface RateTick {
  perSecond: ByExecutor<number>;
  live: ByExecutor<number>;
  /** Of executors that have an interpreter, as far as something was seen. */
  locks?: ByExecutor<LockProgress | null>;
}

/** The rates of the last minute of a run; they stay once it has ended. */
export interface RateWindow {
  /** Books what is so at the end of a sample. */
  add(atMs: number, tick: RateTick): void;
  table(): RateTable;
}

type Row = RateTick & { atMs: number };

const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;

function lockRows({ atMs, locks = {} }: Row): LockRow[] {
  return Object.entries(locks).flatMap(([executor, lock]) => {
    const workers = lock?.workers ?? [];
    const shares = workers.map(({ waitingShare }) => (waitingShare === null ? null : rounded(waitingShare)));
    return workers.length === 0
      ? []
      : [
          {
            atMs,
            executor: executor as ExecutorKey,
            worker: workers.map(({ worker }) => worker),
            waitingShare: shares,
          },
        ];
  });
}

export function createRateWindow(executors: readonly ExecutorKey[], windowMs = RATE_WINDOW_MS): RateWindow {
  let rows: Row[] = [];
  const within = (ms: number): Row[] => rows.filter((row) => (rows.at(-1)?.atMs ?? 0) - row.atMs <= ms);

  return {
    add(atMs, tick) {
      rows.push({ atMs, ...tick });
      // Cut in blocks, so that a sample costs no copy of the window.
      if (atMs - (rows[0]?.atMs ?? atMs) > 1.2 * windowMs) rows = within(windowMs);
    },
    table() {
      const all = within(windowMs);
      const columns = (name: ExecutorKey): { perSecond: number[]; live: number[] } => ({
        perSecond: all.map((row) => rounded(row.perSecond[name] ?? 0)),
        live: all.map((row) => row.live[name] ?? 0),
      });
      const taking = executors.filter((name) =>
        all.some((row) => (row.live[name] ?? 0) > 0 || (row.perSecond[name] ?? 0) > 0),
      );
      return {
        atMs: all.map((row) => row.atMs),
        byExecutor: Object.fromEntries(taking.map((name) => [name, columns(name)])),
        locks: within(LOCK_WINDOW_MS).flatMap(lockRows),
      };
    },
  };
}
