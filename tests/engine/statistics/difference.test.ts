import { describe, expect, it } from 'vitest';
import { difference, halfWidth, isStable } from '../../../src/engine/statistics/difference';
import { createRandom, type Random } from '../../../src/engine/statistics/random';

const times = (count: number, middle: number, random: Random): number[] =>
  Array.from({ length: count }, () => middle * (1 + 0.1 * (random.next() / 2 ** 32 - 0.5)));

describe('difference', () => {
  it('calls the faster one, with its interval around the true ratio', () => {
    const random = createRandom(1);
    const found = difference(times(20, 50, random), times(20, 100, random), { seed: 1 });
    expect(found.verdict).toBe('lower');
    expect(found.interval.low).toBeLessThan(0.5);
    expect(found.interval.high).toBeGreaterThan(0.49);
    expect(difference(times(20, 100, random), times(20, 50, random), { seed: 1 }).verdict).toBe('higher');
  });

  it('goes by an interval that is never narrower than the one it shows', () => {
    const random = createRandom(2);
    const { interval, callInterval } = difference(times(20, 50, random), times(20, 51, random), { seed: 1 });
    expect(callInterval.low).toBeLessThanOrEqual(interval.low);
    expect(callInterval.high).toBeGreaterThanOrEqual(interval.high);
  });

  it('shows no difference between equal contenders at least 95 times in 100', () => {
    const random = createRandom(3);
    let equal = 0;
    for (let i = 0; i < 200; i++) {
      if (difference(times(12, 100, random), times(12, 100, random), { seed: i }).verdict === 'no-difference') equal++;
    }
    expect(equal).toBeGreaterThanOrEqual(190);
  });

  it('calls nothing from few rounds, however far apart they are', () => {
    const random = createRandom(4);
    expect(difference(times(7, 10, random), times(7, 100, random), { seed: 1 }).verdict).toBe('too-few-rounds');
    expect(difference(times(8, 10, random), times(8, 100, random), { seed: 1 }).verdict).toBe('lower');
  });
});

describe('isStable', () => {
  it('is so once the interval reaches no further than 2.5 % to either side, and not before ten rounds', () => {
    const flat = Array.from({ length: 10 }, () => 100);
    expect(isStable(flat, flat, { seed: 1 })).toBe(true);
    expect(isStable(flat.slice(1), flat.slice(1), { seed: 1 })).toBe(false);
    const rough = [80, 120, 90, 110, 70, 130, 85, 115, 95, 105];
    expect(isStable(rough, flat, { seed: 1 })).toBe(false);
    expect(halfWidth({ ratio: 2, interval: { low: 1.9, high: 2.1 } })).toBeCloseTo(0.05, 12);
  });
});
