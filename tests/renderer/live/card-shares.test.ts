import { describe, expect, test } from 'vitest';
import { cardShares } from '../../../src/renderer/src/live/card-shares';

describe('the shares of the pictures', () => {
  test('give few cores and few workers less height', () => {
    const [small, large] = [cardShares(2, 2), cardShares(16, 12)];
    expect(small.cores).toBeLessThan(large.cores);
    expect(small.workers).toBeLessThan(large.workers);
  });
});
