import { describe, expect, it } from 'vitest';
import {
  medianInterval,
  pairedRatioInterval,
  ratioInterval,
  ratioOfMedians,
} from '../../../src/engine/statistics/bootstrap';
import { createRandom, type Random } from '../../../src/engine/statistics/random';

const uniform = (random: Random): number => (random.next() + 0.5) / 2 ** 32;
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));

/** How often of 400 simulated experiments the interval held the true value. */
function coverage(experiment: (random: Random, seed: number) => { low: number; high: number }, truth: number): number {
  const random = createRandom(99);
  let held = 0;
  for (let i = 0; i < 400; i++) {
    const { low, high } = experiment(random, i);
    if (low <= truth && truth <= high) held++;
  }
  return held / 400;
}

const times = (count: number, random: Random, middle: number): number[] =>
  Array.from({ length: count }, () => middle * Math.exp(0.1 * normal(random)));

describe('the interval of a median', () => {
  it('agrees with the exact distribution of the resampled median of nine values', () => {
    // P(median ≤ k-th value) = P(Binomial(9, k/9) ≥ 5): 0.0014, 0.030, 0.145, 0.366, 0.634, 0.855, 0.970, 0.9986 (SciPy).
    const values = [3.1, 0.4, 12.9, 7.7, 5.5, 0.9, 9.2, 1.8, 2.6];
    expect(medianInterval(values, { seed: 1 })).toEqual({ low: 0.9, high: 9.2 });
    expect(medianInterval(values, { seed: 1, confidence: 0.9 })).toEqual({ low: 1.8, high: 7.7 });
    expect(medianInterval(values, { seed: 1, confidence: 0.6 })).toEqual({ low: 2.6, high: 5.5 });
  });

  it('holds the true median about 95 times in 100', () => {
    const share = coverage((random, seed) => medianInterval(times(25, random, 40), { seed, resamples: 400 }), 40);
    expect(share).toBeGreaterThan(0.92);
    expect(share).toBeLessThan(0.985);
  });

  it('repeats with its seed, and of one value it is that value', () => {
    const values = [5, 3, 8, 1, 9, 4];
    expect(medianInterval(values, { seed: 4 })).toEqual(medianInterval(values, { seed: 4 }));
    expect(medianInterval([7], { seed: 4 })).toEqual({ low: 7, high: 7 });
  });

  it('refuses nothing, what is not finite, and a confidence beyond 0 to 1', () => {
    for (const bad of [[], [NaN], [1, Infinity]])
      expect(() => medianInterval(bad, { seed: 1 })).toThrow(expect.objectContaining({ code: 'internal' }));
    expect(() => medianInterval([1], { seed: 1, confidence: 1 })).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });
});

describe('the interval of a ratio of medians', () => {
  it('holds the true ratio about 95 times in 100, paired and unpaired', () => {
    const unpaired = coverage(
      (random, seed) => ratioInterval(times(25, random, 80), times(30, random, 40), { seed, resamples: 400 }),
      2,
    );
    expect(unpaired).toBeGreaterThan(0.92);
    const paired = coverage((random, seed) => {
      const a = times(25, random, 80);
      return pairedRatioInterval(a, times(25, random, 40), { seed, resamples: 400 });
    }, 2);
    expect(paired).toBeGreaterThan(0.92);
  });

  it('is far narrower paired where rounds were slow for both', () => {
    const random = createRandom(5);
    const against = times(30, random, 40).map((value) => value * Math.exp(0.5 * normal(random)));
    const values = against.map((value) => value * 1.5 * Math.exp(0.01 * normal(random)));
    const paired = pairedRatioInterval(values, against, { seed: 1 });
    const unpaired = ratioInterval(values, against, { seed: 1 });
    expect(ratioOfMedians(values, against)).toBeCloseTo(1.5, 1);
    expect(paired.high - paired.low).toBeLessThan((unpaired.high - unpaired.low) / 3);
  });

  it('refuses pairs of unequal number and divisors that are not above 0', () => {
    expect(() => pairedRatioInterval([1, 2], [1], { seed: 1 })).toThrow(expect.objectContaining({ code: 'internal' }));
    expect(() => ratioInterval([1, 2], [1, 0], { seed: 1 })).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
