import { describe, expect, it } from 'vitest';
import { watchStandstill } from '../../../../src/engine/kinds/shared/standstill';

describe('a standstill', () => {
  it('is told with its length where the clock went on and this process did not', () => {
    let atMs = 1_000;
    const stood = watchStandstill({ nowMs: () => atMs });
    atMs += 5_250;
    stood.stop();
    expect(stood.warning()).toContain('did not run for 5.25 s');
    expect(stood.within(0, 2_000)).toBe(1_000);
    expect(stood.within(6_250, 9_000)).toBe(0);
  });

  it('is none where this process was only late', () => {
    let atMs = 0;
    const stood = watchStandstill({ nowMs: () => atMs });
    atMs += 900;
    stood.stop();
    stood.stop();
    expect(stood.warning()).toBeNull();
  });
});
