import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/engine/statistics/random';
import { inflation, pseudoMedian, reach, signedRankInterval } from '../../../src/engine/statistics/sequence';

/** By workload, makespans of contenders in their rounds, ms: as `npm run bench:aa` has them. */
const RECORDED = JSON.parse(readFileSync(new URL('../../../bench/aa/rounds.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, number[]>
>;

function normal(random: Random): number {
  const uniform = (): number => (random.next() + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Each value is `phi` times the one before and something new, of variance 1 in all. */
function autoregressive(count: number, phi: number, random: Random): number[] {
  let value = normal(random);
  return Array.from({ length: count }, () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * normal(random);
    return value;
  });
}

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

describe('inflation of values that follow one another', () => {
  // The variance of a mean of AR(1) is (1 + phi) / (1 - phi) times that of independent values.
  it.each([
    [0, 1],
    [0.3, 13 / 7],
    [0.6, 4],
  ])('is near that of AR(1) with phi %d', (phi, expected) => {
    const found = inflation(autoregressive(4000, phi, createRandom(11)));
    expect(found).toBeGreaterThan(0.8 * expected);
    expect(found).toBeLessThan(1.2 * expected);
  });
});

describe('recorded rounds', () => {
  // Computed by another program, written from the formulas; null where the interval is endless.
  it.each([
    ['http', 'threads', 'sequential', 57, 1.3318, 0.520921, [0.508217, 0.537416], [0.502324, 0.545952]],
    ['http', 'processes', 'threads', 57, 1, 1.036405, [1.01767, 1.05899], [1.010768, 1.067631]],
    ['primes', 'threads', 'sequential', 47, 1.8781, 0.629861, [0.529929, 0.830565], [0.493429, 1.006189]],
    ['sha256', 'threads', 'sequential', 100, 15.5785, 0.661624, null, null],
    ['files', 'threads', 'processes', 100, 1, 0.876698, [0.827855, 0.925589], [0.812134, 0.942699]],
    ['http-s', 'python-threads', 'python-sequential', 220, 1, 0.581319, [0.571014, 0.592763], [0.568148, 0.596398]],
  ] as const)('%s: %s against %s, %d rounds', (workload, one, other, rounds, inflated, ratio, at95, ofSix) => {
    const [values = [], against = []] = [RECORDED[workload]?.[one], RECORDED[workload]?.[other]];
    const logs = values.map((ms, at) => Math.log(ms / (against[at] ?? Number.NaN)));
    expect(logs).toHaveLength(rounds);
    expect(inflation(logs)).toBeCloseTo(inflated, 3);
    expect(Math.exp(pseudoMedian(logs))).toBeCloseTo(ratio, 3);
    for (const [alpha, ends] of [
      [0.05, at95],
      [0.05 / 15, ofSix],
    ] as const) {
      const found = signedRankInterval(logs, { alpha });
      expect(found === null).toBe(ends === null);
      expect(Math.exp(found?.low ?? 0)).toBeCloseTo(ends?.[0] ?? 1, 5);
      expect(Math.exp(found?.high ?? 0)).toBeCloseTo(ends?.[1] ?? 1, 5);
    }
  });
});

describe('an interval that is looked at after every round', () => {
  /** Experiments of 100 in which the interval at 5 % leaves the true value out at any look, after 8 to 80 rounds. */
  const misses = (draw: (random: Random) => number[], planned: boolean): number => {
    const random = createRandom(12);
    return Array.from({ length: 100 }, () => draw(random)).filter((values) =>
      Array.from({ length: 25 }, (_, at) => values.slice(0, 3 * at + 8)).some((seen) => {
        const found = signedRankInterval(seen, { alpha: 0.05, planned });
        return found !== null && (found.low > 0 || found.high < 0);
      }),
    ).length;
  };
  const independent = (random: Random): number[] => Array.from({ length: 80 }, () => normal(random));

  it('misses the true value in at most 5 of 100, one for a single look in many more', () => {
    expect(misses(independent, false)).toBeLessThanOrEqual(5);
    expect(misses(independent, true)).toBeGreaterThan(10);
  });

  it('does so where values resemble the one before', () => {
    expect(misses((random) => autoregressive(80, 0.3, random), false)).toBeLessThanOrEqual(5);
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

describe('an interval of planned rounds', () => {
  // Darwin's plants, eighths of an inch (Fisher, "The Design of Experiments", 1935): the exact signed-rank test gives
  // p = 0.0413 (the example of scipy.stats.wilcoxon), so an interval at 5 % leaves 0 out, and one at 4 % holds it.
  const heights = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];

  it('leaves out what the signed-rank test rejects', () => {
    const low = (alpha: number): number =>
      signedRankInterval(heights, { alpha, planned: true, inflated: 1 })?.low ?? Number.NaN;
    expect(low(0.05)).toBeGreaterThan(0);
    expect(low(0.04)).toBeLessThanOrEqual(0);
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
