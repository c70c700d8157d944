import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POOLS, type TestPool } from './support/pools';

/** Few enough for a try to be done before the system suspends a worker. */
const TASKS = 400;

describe.each(POOLS)('the pool of $title', ({ create }) => {
  let pool: TestPool;
  beforeEach(() => {
    pool = create();
  });
  afterEach(async () => {
    await pool.close();
  });

  it('starts tasks about in the order of their coming also on two workers: on average under 5 places away', async () => {
    pool.resize(2);
    await pool.ready();
    let displacement = Number.POSITIVE_INFINITY;
    // A worker that the system suspends starts its tasks late, whatever the pool does: such a try does not count.
    for (let tries = 0; tries < 40 && displacement >= 5; tries += 1) {
      const outcomes = await Promise.all(Array.from({ length: TASKS }, () => pool.submit({ kind: 'spin', ms: 0.5 })));
      const started = outcomes.toSorted((one, other) => (one.startedMs ?? 0) - (other.startedMs ?? 0));
      displacement =
        started.reduce((sum, outcome, place) => sum + Math.abs(outcome.id - TASKS * tries - place), 0) / started.length;
    }
    expect(displacement).toBeLessThan(5);
  });
});
