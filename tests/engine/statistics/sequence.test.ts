import { describe, expect, it } from 'vitest';
import { inflation, pseudoMedian, reach, signedRankInterval } from '../../../src/engine/statistics/sequence';

describe('reach', () => {
  it('is what the mixture gives at 5 %, and at 5 % over 15 pairs', () => {
    const at = (alpha: number): string[] => [10, 20, 40, 80, 160].map((rounds) => reach(rounds, alpha).toFixed(2));
    expect(at(0.05)).toEqual(['3.23', '3.07', '3.04', '3.07', '3.14']);
    expect(at(0.05 / 15)).toEqual(['4.06', '3.92', '3.89', '3.92', '3.97']);
  });
});

describe('inflation', () => {
  it('is 1 of values that alternate, and of values that are all alike', () => {
    expect(inflation([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])).toBe(1);
    expect(inflation(Array.from({ length: 30 }, () => 7))).toBe(1);
  });

  it('is large where a level holds for many values', () => {
    expect(inflation(Array.from({ length: 60 }, (_, at) => (at < 30 ? 0 : 1) + (at % 3) / 10))).toBeGreaterThan(4);
  });
});

describe('pseudoMedian', () => {
  it('is that of the nine differences of depression scores of Hollander and Wolfe, example 3.1', () => {
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const logs = after.map((value, at) => value - (before[at] ?? 0));
    expect(pseudoMedian(logs)).toBeCloseTo(-0.46, 10);
    // The book's interval of 96.1 %: from -0.786 to -0.010.
    const found = signedRankInterval(logs, { alpha: 0.05, planned: true, inflated: 1 });
    expect(found?.low).toBeCloseTo(-0.786, 10);
    expect(found?.high).toBeCloseTo(-0.01, 10);
  });
});

describe('signedRankInterval', () => {
  const logs = [0.3, -0.1, 0.2, 0.5, 0.1, 0.4, 0.25, 0.15, 0.35, 0.05, 0.45, 0.22, 0.28, 0.31];

  it('has none before 14 values, or before 6 where their number was planned', () => {
    expect(signedRankInterval(logs.slice(0, 13), { alpha: 0.05, inflated: 1 })).toBeNull();
    expect(signedRankInterval(logs, { alpha: 0.05, inflated: 1 })).not.toBeNull();
    expect(signedRankInterval(logs.slice(0, 5), { alpha: 0.05, inflated: 1, planned: true })).toBeNull();
    expect(signedRankInterval(logs.slice(0, 6), { alpha: 0.05, inflated: 1, planned: true })).not.toBeNull();
  });

  it('is wider the more the values resemble their neighbours', () => {
    const width = (inflated: number): number => {
      const found = signedRankInterval([...logs, ...logs, ...logs], { alpha: 0.05, inflated });
      return (found?.high ?? Number.POSITIVE_INFINITY) - (found?.low ?? 0);
    };
    expect(width(2)).toBeGreaterThan(width(1));
  });

  it('refuses no values, and values that are none', () => {
    expect(() => signedRankInterval([], { alpha: 0.05 })).toThrow('at least one value');
    expect(() => pseudoMedian([1, Number.NaN])).toThrow('finite numbers only');
  });
});
