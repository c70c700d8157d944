import { describe, expect, it } from 'vitest';
import { outliers } from '../../../src/engine/statistics/outliers';

describe('outliers', () => {
  it('are the values more than 14.826 median absolute deviations from the median', () => {
    // Median 10, deviation 1: the border is at 24.826.
    expect(outliers([9, 10, 11, 9, 11, 10, 24.8, 8, 12])).toEqual([]);
    expect(outliers([9, 10, 11, 9, 11, 10, 24.9, 8, 12])).toEqual([6]);
    expect(outliers([-5, 9, 10, 11, 9, 11, 10, 100, 8])).toEqual([0, 7]);
  });

  it('are none where nothing measures the spread', () => {
    expect(outliers([])).toEqual([]);
    expect(outliers([5])).toEqual([]);
    expect(outliers([5, 5, 5, 9])).toEqual([]);
  });
});
