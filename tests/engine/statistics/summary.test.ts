import { describe, expect, it } from 'vitest';
import { median, medianAbsoluteDeviation, quantile } from '../../../src/engine/statistics/summary';

const values = [3.1, 0.4, 12.9, 7.7, 5.5, 0.4, 9.2, 1.8, 2.6, 41];

describe('quantile', () => {
  it('agrees with NumPy and with Python’s statistics module (method inclusive)', () => {
    const expected: [number, number][] = [
      [0, 0.4],
      [0.1, 0.4],
      [0.25, 2],
      [0.5, 4.3],
      [0.75, 8.825],
      [0.95, 28.355],
      [0.99, 38.471],
      [1, 41],
    ];
    for (const [p, value] of expected) expect(quantile(values, p)).toBeCloseTo(value, 12);
  });

  it('answers the only value there is, and leaves its input as it was', () => {
    const given = [5, 1, 3];
    expect(quantile([7], 0.99)).toBe(7);
    quantile(given, 0.5);
    expect(given).toEqual([5, 1, 3]);
  });

  it('refuses nothing, what is not a number, and a share beyond 0 to 1', () => {
    for (const [bad, p] of [
      [[], 0.5],
      [[1, NaN], 0.5],
      [[1], -0.1],
      [[1], 1.1],
      [[1], NaN],
    ] as const) {
      expect(() => quantile(bad, p)).toThrow(expect.objectContaining({ code: 'internal' }));
    }
  });
});

describe('median and median absolute deviation', () => {
  it('agree with Python’s statistics module', () => {
    expect(median(values)).toBeCloseTo(4.3, 12);
    expect(median([2, 9, 4])).toBe(4);
    expect(medianAbsoluteDeviation(values)).toBeCloseTo(3.65, 12);
  });

  it('do not move with one wild value', () => {
    expect(median([1, 2, 3, 4, 1e9])).toBe(3);
    expect(medianAbsoluteDeviation([1, 2, 3, 4, 1e9])).toBe(1);
  });
});
