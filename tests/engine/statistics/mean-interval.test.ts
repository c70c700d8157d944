import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../../src/engine/statistics/mean-interval';
import { createRandom } from '../../../src/engine/statistics/random';

const random = createRandom(11);
const uniform = () => (random.next() + 0.5) / 2 ** 32;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

describe('the interval of a mean', () => {
  it('is that of published examples', () => {
    // R: t.test(sleep$extra[sleep$group == 2])$conf.int, the data of Student's own paper.
    const found = meanInterval([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
    expect(found?.low).toBeCloseTo(0.8976775, 3);
    expect(found?.high).toBeCloseTo(3.7623225, 3);
  });

  it('reaches as far as the tables of t say, for few values and for many', () => {
    // Of a and -a, repeated, the mean is 0 and the deviation known.
    for (const [count, t] of [
      [2, 12.706],
      [4, 3.182],
      [6, 2.571],
      [12, 2.201],
      [22, 2.08],
      [32, 2.04],
      [62, 2],
      [122, 1.98],
    ] as const) {
      const values = Array.from({ length: count }, (_, at) => (at % 2 === 0 ? 1 : -1));
      const deviation = Math.sqrt(count / (count - 1));
      expect((meanInterval(values)?.high ?? 0) / (deviation / Math.sqrt(count))).toBeCloseTo(t, 2);
    }
  });

  it('reaches as far as the tables say for other errors', () => {
    for (const [count, alpha, t] of [
      [2, 0.01, 63.657],
      [4, 0.01, 5.841],
      [4, 0.001, 12.924],
      [5, 0.01, 4.604],
      [10, 0.001, 4.781],
      [31, 0.01, 2.75],
    ] as const) {
      const values = Array.from({ length: count }, (_, at) => at);
      const middle = (count - 1) / 2;
      const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (count - 1));
      const { high } = meanInterval(values, alpha) ?? { high: 0 };
      expect((high - middle) / (deviation / Math.sqrt(count))).toBeCloseTo(t, 3 - Math.floor(Math.log10(t)));
    }
  });

  it('holds the true mean about 95 times in 100, of three values already', () => {
    for (const count of [3, 6]) {
      const held = Array.from({ length: 4000 }, () =>
        meanInterval(Array.from({ length: count }, () => 10 + normal())),
      ).filter((one) => one && one.low <= 10 && one.high >= 10).length;
      expect(held / 4000).toBeGreaterThan(0.935);
      expect(held / 4000).toBeLessThan(0.965);
    }
  });

  it('is none of a single value, and refuses what is no number', () => {
    expect(meanInterval([3])).toBeNull();
    expect(meanInterval([])).toBeNull();
    expect(meanInterval([4, 4, 4])).toEqual({ low: 4, high: 4 });
    expect(() => meanInterval([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
