import { describe, expect, it } from 'vitest';
import { createRateWindow } from '../../../../src/engine/experiment/live/rate-window';

describe('the rates of the last minute', () => {
  it('are columns of equal length, of the executors that took part', () => {
    const rates = createRateWindow(['threads', 'processes']);
    rates.add(100, { threads: 5 }, { threads: 1, processes: 0 });
    rates.add(200, { threads: 1 / 3 }, { threads: 2, processes: 0 });
    expect(rates.table()).toEqual({ atMs: [100, 200], byExecutor: { threads: { perSecond: [5, 0.333], live: [1, 2] } } });
  });

  it('are bounded, however long the run', () => {
    const rates = createRateWindow(['threads']);
    for (let ms = 0; ms <= 600_000; ms += 100) rates.add(ms, { threads: ms }, { threads: 1 });
    const { atMs } = rates.table();
    expect(atMs[0]).toBe(540_000);
    expect(atMs).toHaveLength(601);
  });

  it('are none before the first sample', () => {
    expect(createRateWindow(['threads']).table()).toEqual({ atMs: [], byExecutor: {} });
  });
});
