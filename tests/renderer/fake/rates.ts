import type { LockRow, RateTable, LiveState } from '../../../src/contract';

/** The rates of the run's last minute, as an engine keeps them. */
export function createFakeRates(): { add(atMs: number, run: LiveState): void; table(): RateTable } {
  let rows: { atMs: number; executors: LiveState['executors'] }[] = [];
  return {
    add(atMs, run) {
      rows = [...rows.filter((row) => row.atMs >= atMs - 60_000), { atMs, executors: run.executors }];
    },
    table() {
      const names = new Set(
        rows.flatMap((row) => row.executors.filter((one) => one.live > 0).map((one) => one.executor)),
      );
      const column = (name: string, pick: 'throughput' | 'live'): number[] =>
        rows.map((row) => row.executors.find((one) => one.executor === name)?.[pick] ?? 0);
      const recent = rows.filter((row) => row.atMs > (rows.at(-1)?.atMs ?? 0) - 10_000);
      const locks = recent.flatMap(({ atMs, executors }): LockRow[] =>
        executors.flatMap(({ executor, lock }) =>
          lock
            ? [
                {
                  atMs,
                  executor,
                  worker: lock.workers.map((one) => one.worker),
                  waitingShare: lock.workers.map((one) => one.waitingShare),
                },
              ]
            : [],
        ),
      );
      return {
        locks,
        atMs: rows.map((row) => row.atMs),
        byExecutor: Object.fromEntries(
          [...names].map((name) => [name, { perSecond: column(name, 'throughput'), live: column(name, 'live') }]),
        ),
      };
    },
  };
}
