import { describe, expect, it } from 'vitest';
import type { LockProgress } from '../../../../src/contract';
import { createRateWindow } from '../../../../src/engine/kinds/live/rate-window';

const LOCK: LockProgress = {
  lock: 'shared',
  coresBusy: 1,
  onCpuShare: 0.5,
  waitingShare: 0.4,
  waitingFrom: 'seen',
  heldShare: null,
  probe: null,
  releasesLock: false,
  workers: [],
};

describe('the rates of the last minute', () => {
  it('are columns of equal length, of the executors that took part', () => {
    const rates = createRateWindow(['threads', 'processes']);
    rates.add(100, { perSecond: { threads: 5 }, live: { threads: 1, processes: 0 } });
    rates.add(200, { perSecond: { threads: 1 / 3 }, live: { threads: 2, processes: 0 } });
    expect(rates.table()).toEqual({
      atMs: [100, 200],
      byExecutor: { threads: { perSecond: [5, 0.333], live: [1, 2] } },
      locks: [],
    });
  });

  it('are bounded, however long the run', () => {
    const rates = createRateWindow(['threads']);
    for (let ms = 0; ms <= 600_000; ms += 100) rates.add(ms, { perSecond: { threads: ms }, live: { threads: 1 } });
    const { atMs } = rates.table();
    expect(atMs[0]).toBe(540_000);
    expect(atMs).toHaveLength(601);
  });

  it('are none before the first sample', () => {
    expect(createRateWindow(['threads']).table()).toEqual({ atMs: [], byExecutor: {}, locks: [] });
  });

  it('keep who waited for a lock for as long as the rows of workers show', () => {
    const rates = createRateWindow(['python-threads']);
    const lock = (waitingShare: number | null): LockProgress => ({
      ...LOCK,
      workers: [{ worker: 3, onCpuShare: 0.5, waitingShare }],
    });
    for (let ms = 0; ms <= 20_000; ms += 100)
      rates.add(ms, {
        perSecond: {},
        live: {},
        locks: { 'python-threads': ms === 20_000 ? lock(null) : ms < 100 ? null : lock(1 / 3) },
      });
    const { locks } = rates.table();
    expect(locks).toHaveLength(101);
    expect(locks[0]).toEqual({ atMs: 10_000, executor: 'python-threads', worker: [3], waitingShare: [0.333] });
    expect(locks.at(-1)).toEqual({ atMs: 20_000, executor: 'python-threads', worker: [3], waitingShare: [null] });
  });
});
