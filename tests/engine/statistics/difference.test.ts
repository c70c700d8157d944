import { describe, expect, it } from 'vitest';
import {
  callConfidence,
  difference,
  halfWidth,
  isSettled,
  MOST_INFLATION,
  roundsToCall,
} from '../../../src/engine/statistics/difference';
import { createRandom, type Random } from '../../../src/engine/statistics/random';
import { inflation } from '../../../src/engine/statistics/sequence';

const times = (count: number, middle: number, random: Random): number[] =>
  Array.from({ length: count }, () => middle * (1 + 0.1 * (random.next() / 2 ** 32 - 0.5)));

const needed = (contenders: number, planned: boolean): number =>
  roundsToCall({ pairs: (contenders * (contenders - 1)) / 2, planned });

describe('difference', () => {
  it('calls the faster one, with its interval around the true ratio', () => {
    const random = createRandom(1);
    const found = difference(times(20, 50, random), times(20, 100, random), { pairs: 1 });
    expect(found.verdict).toBe('lower');
    expect(found.interval?.low).toBeLessThan(0.5);
    expect(found.interval?.high).toBeGreaterThan(0.49);
    expect(difference(times(20, 100, random), times(20, 50, random), { pairs: 1 }).verdict).toBe('higher');
  });

  it('goes by an interval that is never narrower than the one it shows', () => {
    const random = createRandom(2);
    const { interval, callInterval } = difference(times(30, 50, random), times(30, 51, random), { pairs: 15 });
    expect(callInterval?.low).toBeLessThan(interval?.low ?? 0);
    expect(callInterval?.high).toBeGreaterThan(interval?.high ?? Number.POSITIVE_INFINITY);
    expect(callConfidence(15)).toBeCloseTo(0.9967, 4);
  });

  it('shows no difference between equal contenders at least 95 times in 100', () => {
    const random = createRandom(3);
    let equal = 0;
    for (let i = 0; i < 200; i++) {
      if (difference(times(30, 100, random), times(30, 100, random), { pairs: 1 }).verdict === 'no-difference') equal++;
    }
    expect(equal).toBeGreaterThanOrEqual(190);
  });

  it('calls nothing from few rounds, however far apart they are, and sooner where their number was planned', () => {
    const random = createRandom(4);
    const of = (rounds: number, planned: boolean): string =>
      difference(times(rounds, 10, random), times(rounds, 100, random), { pairs: 1, planned }).verdict;
    expect(of(12, false)).toBe('too-few-rounds');
    expect(of(14, false)).toBe('lower');
    expect(of(8, true)).toBe('too-few-rounds');
    expect(of(9, true)).toBe('lower');
    expect([2, 6].map((contenders) => [false, true].map((planned) => needed(contenders, planned)))).toEqual([
      [14, 9],
      [21, 15],
    ]);
  });

  it('claims nothing where the speed changed half-way, or where each start of the workers has a speed of its own', () => {
    const random = createRandom(5);
    const steady = times(40, 100, random);
    const levels = (...ms: number[]): number[] => ms.flatMap((one) => times(40 / ms.length, one, random));
    expect(difference(levels(100, 140), steady, { pairs: 1 }).verdict).toBe('unsteady');
    expect(difference(levels(120, 100, 140, 110), steady, { pairs: 1 }).verdict).toBe('unsteady');
    expect(difference(levels(100), steady, { pairs: 1 }).verdict).toBe('no-difference');
  });

  it('calls what is far beyond the changes of speed, by an interval that holds every level', () => {
    const random = createRandom(7);
    const steady = times(40, 100, random);
    const moved = [46, 52, 49, 44].flatMap((one) => times(10, one, random));
    expect(inflation(moved.map((one, at) => Math.log(one / (steady[at] ?? 1))))).toBeGreaterThan(MOST_INFLATION);
    for (const pairs of [1, 15]) {
      const found = difference(moved, steady, { pairs });
      expect(found).toMatchObject({ basis: 'quarters', verdict: 'lower' });
      expect(found.interval?.low).toBeLessThan(0.44);
      expect(found.interval?.high).toBeGreaterThan(0.52);
      expect(found.callInterval?.high).toBeLessThan(1);
      expect(difference(steady, moved, { pairs }).verdict).toBe('higher');
    }
    // The same levels beside one that is hardly faster.
    expect(difference(moved, times(40, 55, random), { pairs: 15 })).toMatchObject({
      basis: 'rounds',
      verdict: 'unsteady',
    });
    expect(difference(moved.slice(0, 31), steady.slice(0, 31), { pairs: 15 }).basis).toBe('rounds');
  });
});

describe('isSettled', () => {
  const random = createRandom(6);
  const found = difference(times(60, 50, random), times(60, 100, random), { pairs: 1 });

  it('is so once the interval reaches no further than 2.5 % to either side, or 5 % of a large difference', () => {
    expect(isSettled({ ...found, interval: { low: 0.98, high: 1.02 }, verdict: 'no-difference' })).toBe(true);
    expect(isSettled({ ...found, interval: { low: 0.97, high: 1.03 }, verdict: 'no-difference' })).toBe(false);
    expect(isSettled({ ...found, ratio: 0.5, interval: { low: 0.48, high: 0.52 }, verdict: 'lower' })).toBe(true);
    expect(isSettled({ ...found, ratio: 0.5, interval: { low: 0.46, high: 0.54 }, verdict: 'lower' })).toBe(false);
    expect(isSettled({ ...found, interval: null, verdict: 'too-few-rounds' })).toBe(false);
    expect(halfWidth({ interval: { low: 1 / 1.05, high: 1.05 } })).toBeCloseTo(Math.log(1.05), 12);
  });
});
