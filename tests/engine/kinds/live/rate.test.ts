import { describe, expect, it } from 'vitest';
import { createRate } from '../../../../src/engine/kinds/live/rate';

describe('tasks a second', () => {
  it('is unknown, so 0, before there are two ticks', () => {
    expect(createRate().tick(0, 5)).toBe(0);
  });

  it('is right when ticks come late', () => {
    const rate = createRate();
    rate.tick(0, 0);
    rate.tick(100, 10);
    expect(rate.tick(400, 40)).toBe(100);
  });

  it('speaks of the last second only', () => {
    const rate = createRate();
    for (let ms = 0; ms <= 5_000; ms += 100) rate.tick(ms, ms <= 2_000 ? ms : 2_000);
    expect(rate.value()).toBe(0);
  });
});
