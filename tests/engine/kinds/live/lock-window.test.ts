import { describe, expect, it } from 'vitest';
import { createLockWindow } from '../../../../src/engine/kinds/live/lock-window';
import type { LockCounters } from '../../../../src/engine/lock-counters';

describe('the window of the lock', () => {
  const at = (atMs: number, cpuMs: number): LockCounters => ({
    atMs,
    lock: 'own',
    cpuMs,
    probe: null,
    total: { workMs: 0, cpuMs: 0, looks: null, waits: null },
    workers: [],
  });

  it('shows the last two seconds, and the run from its beginning to its end', () => {
    const window = createLockWindow();
    expect([window.recent(), window.whole()]).toEqual([null, null]);
    window.note(at(0, 0));
    window.note(at(1000, 500));
    window.begin();
    for (let atMs = 1200; atMs <= 5000; atMs += 200) window.note(at(atMs, atMs - 500));
    expect(window.recent()?.coresBusy).toBe(1);
    window.end();
    window.note(at(6000, 4500));
    expect(window.whole()?.coresBusy).toBe(1);
    expect(window.recent()?.coresBusy).toBeCloseTo(0.5, 1);
  });

  it('keeps what it was told when told nothing new', () => {
    const window = createLockWindow();
    window.note(at(0, 0));
    window.note(at(0, 100));
    window.note(at(1000, 1000));
    expect(window.recent()?.coresBusy).toBe(1);
  });
});
