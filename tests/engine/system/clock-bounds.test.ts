import { describe, expect, it } from 'vitest';
import { clockBounds, clockSkew } from '../../../src/engine/system/clock-bounds';

/** An exchange with a clock that is ahead: what question and answer took, ms. */
function exchange(
  aheadMs: number,
  thereMs: number,
  backMs: number,
  askedMs = 1_000,
): { askedMs: number; stampMs: number; heardMs: number } {
  return { askedMs, stampMs: askedMs + thereMs + aheadMs, heardMs: askedMs + thereMs + backMs };
}

describe('how far another clock is ahead', () => {
  it('is nothing where every answer allows that, however late it is read', () => {
    expect(clockSkew([exchange(0, 0.1, 1_848)])).toEqual({ aheadMs: 0, uncertainMs: 0 });
    expect(clockSkew([exchange(0, 900, 1_848), exchange(0, 0.1, 30), exchange(0, 0, 0)])).toEqual({
      aheadMs: 0,
      uncertainMs: 0,
    });
  });

  it('is known as well as by the quickest ways there and back, and no answer that was late spoils that', () => {
    const { aheadMs, uncertainMs } = clockSkew([
      exchange(5_000, 0.5, 1_848),
      exchange(5_000, 700, 0.5),
      exchange(5_000, 20, 20),
    ]);
    expect(aheadMs).toBeCloseTo(5_000);
    expect(uncertainMs).toBeCloseTo(0.5);
    expect(clockSkew([exchange(-5_000, 1, 3), exchange(-5_000, 3, 1)]).aheadMs).toBeCloseTo(-5_000);
  });

  it('is contradictory where the clock was set in between', () => {
    const { leastMs, mostMs } = clockBounds([exchange(0, 1, 1), exchange(100, 1, 1)]);
    expect(leastMs).toBeGreaterThan(mostMs);
  });
});
