import { describe, expect, it } from 'vitest';
import { apartOf, apartWords, createCrossCheckSums, farApart, type CrossCheck } from '../../src/contract';

const check = (utilization: (number | null)[], kernel: (number | null)[]): CrossCheck => ({
  fromMs: 0,
  toMs: 1000,
  cores: utilization.map((_, core) => core),
  utilization,
  kernel,
});

function apart(...checks: CrossCheck[]) {
  const sums = createCrossCheckSums();
  for (const one of checks) sums.add(one);
  return apartOf(sums.cores());
}

describe('how far systeminformation and the samples are apart', () => {
  it('is the mean distance over cores and seconds, and the largest with its core', () => {
    const found = apart(check([0.5, 0.9], [0.52, 0.9]), check([0.1, 0.4], [0.1, 0.3]));
    expect(found?.mean).toBeCloseTo(0.03);
    expect(found?.worst).toBeCloseTo(0.1);
    expect(found).toMatchObject({ readings: 2, worstCore: 1 });
    if (found) expect(apartWords(found)).toBe('3 points apart on average, 10 points at worst (core 1)');
  });

  it('leaves out what one of the two does not know, and is null where nothing is left', () => {
    expect(apart(check([null, 0.5], [0.9, 0.5]))).toMatchObject({ mean: 0, readings: 1 });
    expect(apart(check([null, 0.5], [0.9, null]))).toBeNull();
    expect(apart()).toBeNull();
  });

  it('differences of opposite sign do not hide one another', () => {
    expect(apart(check([0.2], [0.3]), check([0.4], [0.3]))?.mean).toBeCloseTo(0.1);
  });

  it('is worth a warning above five points, from five seconds on', () => {
    const far = check([0.6], [0.5]);
    expect(farApart(apart(far, far, far, far))).toBe(false);
    expect(farApart(apart(far, far, far, far, far))).toBe(true);
    const near = check([0.55], [0.51]);
    expect(farApart(apart(near, near, near, near, near, near))).toBe(false);
    expect(farApart(null)).toBe(false);
  });
});
