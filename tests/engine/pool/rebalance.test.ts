import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POOLS, type TestPool } from './support/pools';

describe.each(POOLS)('the pool of $title', ({ create }) => {
  let pool: TestPool;
  beforeEach(async () => {
    pool = create();
    pool.resize(2);
    await pool.ready();
  });
  afterEach(async () => {
    await pool.close();
  });

  it('sleeps while one worker is idle and the other has nothing that could be taken back', async () => {
    await Promise.all(Array.from({ length: 400 }, () => pool.submit({ kind: 'spin', ms: 0.5 })));
    const shares: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      // Dealt in turn: the last is behind a short one with the same worker, which mostly answers for both at its end.
      const before = performance.eventLoopUtilization();
      await Promise.all([0.5, 0.5, 0.5, 150].map((ms) => pool.submit({ kind: 'spin', ms })));
      shares.push(performance.eventLoopUtilization(before).utilization);
    }
    expect(Math.max(...shares)).toBeLessThan(0.5);
  });
});
