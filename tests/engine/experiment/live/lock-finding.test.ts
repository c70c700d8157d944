import { describe, expect, it } from 'vitest';
import type { LockProgress } from '../../../../src/contract';
import { lockSentence } from '../../../../src/engine/experiment/live/lock-finding';
import { createLockWindow } from '../../../../src/engine/experiment/live/lock-window';
import type { LockCounters } from '../../../../src/engine/lock-counters';

const HELD: LockProgress = {
  lock: 'shared',
  coresBusy: 1.02,
  onCpuShare: 0.5,
  waitingShare: 0.482,
  waitingFrom: 'seen',
  heldShare: 0.99,
  probe: { looks: 100, meanWaitMs: 5, cpuShare: 0.01 },
  releasesLock: false,
  workers: [],
};

describe('what is said of the lock', () => {
  it('is how long threads waited for it and how many cores they kept busy', () => {
    expect(lockSentence(HELD)).toBe(' Python’s threads wait for the interpreter lock 48 % of the time, and keep 1.02 cores busy together.');
    expect(lockSentence({ ...HELD, waitingFrom: 'at-most', coresBusy: null })).toBe(' Python’s threads wait for the interpreter lock at most 48 % of the time.');
  });

  it('names the most that threads of one lock can wait, where their number says it', () => {
    const of = (count: number, waitingShare: number): string => lockSentence({ ...HELD, waitingShare, workers: Array.from({ length: count }, (_, at) => ({ worker: at + 1, onCpuShare: null, waitingShare: null })) });
    expect(of(2, 0.48)).toBe(' Python’s threads wait for the interpreter lock 48 % of the time (of 2 one holds it: 50 % is the most), and keep 1.02 cores busy together.');
    expect(of(4, 0.7)).toContain('(of 4 one holds it: 75 % is the most)');
    expect(of(2, 0.7)).not.toContain('the most');
    expect(of(1, 0.2)).not.toContain('the most');
  });

  it('is that it was released, where more than one core shows it', () => {
    expect(lockSentence({ ...HELD, coresBusy: 1.9, releasesLock: true, waitingShare: 0.05 })).toBe(' It releases Python’s interpreter lock: Python’s threads keep 1.90 cores busy.');
  });

  it('is nothing where nothing was shown', () => {
    for (const lock of [null, undefined, { ...HELD, waitingShare: null }, { ...HELD, waitingShare: 0.05 }, { ...HELD, lock: 'own' as const }, { ...HELD, coresBusy: 0.1, releasesLock: true, waitingShare: 0 }]) {
      expect(lockSentence(lock)).toBe('');
    }
  });
});

describe('the window of the lock', () => {
  const at = (atMs: number, cpuMs: number): LockCounters => ({ atMs, lock: 'own', cpuMs, probe: null, total: { workMs: 0, cpuMs: 0, looks: null, waits: null }, workers: [] });

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
