import { describe, expect, it } from 'vitest';
import { createRollingHistogram } from '../../../src/engine/statistics/rolling-histogram';

describe('createRollingHistogram', () => {
  it('speaks of the window that ends now, and forgets what is older', () => {
    const rolling = createRollingHistogram({ windowMs: 10_000, slices: 10 });
    for (let atMs = 0; atMs < 30_000; atMs += 100) rolling.record(atMs < 20_000 ? 1 : 5, 1e9 + atMs);
    expect(rolling.summary(1e9 + 29_999)).toMatchObject({ count: 100, minMs: 5, maxMs: 5 });
    expect(rolling.summary(1e9 + 34_500)).toMatchObject({ count: 50, minMs: 5 });
    expect(rolling.summary(1e9 + 60_000)).toBeNull();
  });

  it('never covers more than the window, nor less than the window without one slice', () => {
    for (let atMs = 50_000; atMs < 52_500; atMs += 50) {
      const rolling = createRollingHistogram({ windowMs: 10_000, slices: 10 });
      for (let before = 20_000; before >= 0; before -= 10) rolling.record(before, atMs - before);
      const oldestMs = rolling.summary(atMs)?.maxMs ?? NaN;
      expect(oldestMs).toBeLessThanOrEqual(10_000);
      expect(oldestMs).toBeGreaterThan(8_980);
    }
  });

  it('takes latencies that arrive out of order as long as they are in the window', () => {
    const rolling = createRollingHistogram({ windowMs: 1000, slices: 4 });
    rolling.record(7, 5000);
    rolling.record(3, 4800);
    rolling.record(9, 3000);
    expect(rolling.summary(5000)).toMatchObject({ count: 2, minMs: 3, maxMs: 7 });
  });

  it('is empty before the first latency and once cleared', () => {
    const rolling = createRollingHistogram({ windowMs: 1000 });
    expect(rolling.summary(0)).toBeNull();
    rolling.record(1, 10);
    rolling.clear();
    expect(rolling.summary(10)).toBeNull();
  });

  it('refuses a window or a number of slices that make no sense', () => {
    for (const options of [
      { windowMs: 0 },
      { windowMs: NaN },
      { windowMs: 100, slices: 1 },
      { windowMs: 100, slices: 2.5 },
    ]) {
      expect(() => createRollingHistogram(options)).toThrow(expect.objectContaining({ code: 'internal' }));
    }
  });
});
