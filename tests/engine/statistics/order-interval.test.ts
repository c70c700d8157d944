import { describe, expect, it } from 'vitest';
import { orderInterval } from '../../../src/engine/statistics/order-interval';
import { seededRandom } from '../../support/random';

/** The values are their own ranks, mixed. */
const ranks = (count: number): number[] => Array.from({ length: count }, (_, at) => ((at * 7919) % count) + 1);

describe('the interval of a median between two of its values', () => {
  it.each([
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [20, 6, 15],
    [25, 8, 18],
    [100, 40, 61],
  ])('of %d values lies between the ranks %d and %d that tables of the sign test give', (count, low, high) => {
    expect(orderInterval(ranks(count))).toEqual({ low, high });
  });

  it('is the whole range of fewer than six, and of one value that value', () => {
    expect(orderInterval([3, 1, 2])).toEqual({ low: 1, high: 3 });
    expect(orderInterval([5])).toEqual({ low: 5, high: 5 });
  });

  it('is found of more values than a probability has digits for', () => {
    const { low, high } = orderInterval(ranks(10_000));
    expect(low + high).toBe(10_001);
    // 1.96 standard deviations of a binomial, 98 ranks, to either side.
    expect(high - low).toBeGreaterThan(190);
    expect(high - low).toBeLessThan(202);
  });

  it('holds the median of skewed values at least 95 times in 100', () => {
    const random = seededRandom(3);
    let held = 0;
    for (let run = 0; run < 1000; run++) {
      const { low, high } = orderInterval(Array.from({ length: 20 }, () => -Math.log(1 - random())));
      if (low <= Math.LN2 && Math.LN2 <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(940);
  });

  it('is none of nothing, nor of what is no number', () => {
    expect(() => orderInterval([])).toThrow(/at least one value/);
    expect(() => orderInterval([1, Number.NaN])).toThrow(/finite numbers only/);
  });
});
