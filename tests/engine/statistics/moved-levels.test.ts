import { describe, expect, it } from 'vitest';
import { movedLevels } from '../../../src/engine/statistics/moved-levels';

const quarters = (...levels: number[]): number[] => levels.flatMap((level) => Array.from({ length: 8 }, () => level));

describe('levels that moved', () => {
  it('are the mean of four quarters, with the interval of Student’s t of 3 degrees of freedom', () => {
    const found = movedLevels(quarters(1, 2, 3, 4));
    expect(found?.value).toBe(2.5);
    // The standard error of 1, 2, 3, 4 is 0.6455; t of 3 degrees of freedom is 5.841 at 1 %, a quarter of 4 %.
    expect(found?.interval(0.04).high).toBeCloseTo(2.5 + 5.841 * 0.6455, 2);
    expect(found?.interval(0.04).low).toBeCloseTo(2.5 - 5.841 * 0.6455, 2);
  });

  it('do not follow single values that are far off', () => {
    const values = quarters(1, 1, 1, 1).map((value, at) => (at % 8 < 3 ? 50 : value));
    expect(movedLevels(values)?.value).toBe(1);
  });

  it('take at least eight values each', () => {
    expect(movedLevels(quarters(1, 2, 3, 4).slice(1))).toBeNull();
  });
});
