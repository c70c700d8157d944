import { describe, expect, test } from 'vitest';
import {
  countTicks,
  linearTicks,
  logTicks,
  nearestStop,
  ratioTicks,
  shareOf,
} from '../../../src/renderer/src/charts/plot-scale';

describe('an axis', () => {
  test('has round ticks from 0 to beyond the greatest value', () => {
    expect(linearTicks(3.9)).toEqual([0, 1, 2, 3, 4]);
    expect(linearTicks(183)).toEqual([0, 50, 100, 150, 200]);
    expect(linearTicks(0).length).toBeGreaterThan(1);
  });

  test('counts workers one by one, and in steps where there are many', () => {
    expect(countTicks(4)).toEqual([1, 2, 3, 4]);
    expect(countTicks(32)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32]);
  });

  test('has every power of ten around what it shows', () => {
    expect(logTicks(9, 4200)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(logTicks(10, 10)).toEqual([10, 100]);
  });

  test('has round ratios with their inverses on both sides of 1', () => {
    expect(ratioTicks(12.3)).toEqual([0.1, 0.5, 1, 2, 10]);
    expect(ratioTicks(1.15)).toEqual([1 / 1.1, 1 / 1.02, 1, 1.02, 1.1]);
    expect(ratioTicks(1e6).at(-1)).toBe(10_000);
  });

  test('places twice and half equally far where it is logarithmic', () => {
    const axis = { kind: 'log', min: 1, max: 100 } as const;
    expect(shareOf(axis, 10)).toBeCloseTo(0.5);
    expect(shareOf(axis, 20) - shareOf(axis, 10)).toBeCloseTo(shareOf(axis, 10) - shareOf(axis, 5));
  });

  test('finds the stop that is nearest on the screen', () => {
    expect(nearestStop([1, 10, 100], { kind: 'log', min: 1, max: 100 }, 0.6)).toBe(10);
    expect(nearestStop([], { kind: 'linear', min: 0, max: 1 }, 0.5)).toBeNull();
  });
});
