import { describe, expect, it } from 'vitest';
import type { LockCounters, WorkerLockCounters } from '../../../src/engine/lock-counters';
import { lockBetween } from '../../../src/engine/python';
import { LockMeter } from '../../../src/engine/python/lock-meter';

const NONE: WorkerLockCounters = { workMs: 0, cpuMs: 0, looks: null, waits: null };

function counters(change: Partial<LockCounters> = {}): LockCounters {
  return {
    atMs: 0,
    lock: 'shared',
    cpuMs: 0,
    probe: { looks: 0, held: 0, waitMs: 0, cpuMs: 0 },
    total: NONE,
    workers: [],
    ...change,
  };
}

/** Two seconds of two threads: each had work all the time. */
function seconds(change: Partial<LockCounters>): LockCounters {
  return counters({ atMs: 2000, ...change });
}

describe('what the lock did', () => {
  it('is one core busy and half of the time waited for it when two threads compute under it', () => {
    const total = { workMs: 4000, cpuMs: 1980, looks: 200, waits: 98 };
    const later = seconds({
      cpuMs: 2000,
      probe: { looks: 100, held: 99, waitMs: 495, cpuMs: 10 },
      total,
      workers: [{ worker: 1, workMs: 2000, cpuMs: 990, looks: 100, waits: 48 }],
    });
    expect(lockBetween(counters(), later)).toEqual({
      lock: 'shared',
      coresBusy: 1,
      onCpuShare: 0.495,
      waitingShare: 0.49,
      waitingFrom: 'seen',
      heldShare: 0.99,
      probe: { looks: 100, meanWaitMs: 5, cpuShare: 0.005 },
      releasesLock: false,
      workers: [{ worker: 1, onCpuShare: 0.495, waitingShare: 0.48 }],
    });
  });

  it('is released by work that keeps more than one core busy, and by work that waits for something else', () => {
    const hashing = seconds({
      cpuMs: 3800,
      probe: { looks: 100, held: 40, waitMs: 20, cpuMs: 5 },
      total: { ...NONE, workMs: 4000, cpuMs: 3800 },
    });
    expect(lockBetween(counters(), hashing)?.releasesLock).toBe(true);
    const sleeping = seconds({
      cpuMs: 20,
      probe: { looks: 100, held: 0, waitMs: 0, cpuMs: 5 },
      total: { workMs: 4000, cpuMs: 10, looks: 200, waits: 0 },
    });
    expect(lockBetween(counters(), sleeping)).toMatchObject({
      releasesLock: true,
      waitingShare: 0,
      heldShare: 0,
      probe: { meanWaitMs: null },
    });
  });

  it('is not judged where little was seen, or little was done', () => {
    const few = seconds({
      cpuMs: 1000,
      probe: { looks: 19, held: 19, waitMs: 95, cpuMs: 1 },
      total: { ...NONE, workMs: 4000, cpuMs: 1000 },
    });
    expect(lockBetween(counters(), few)).toMatchObject({ heldShare: null, releasesLock: null, waitingShare: null });
    const idle = seconds({
      probe: { looks: 100, held: 0, waitMs: 0, cpuMs: 1 },
      total: { ...NONE, workMs: 900, cpuMs: 1 },
    });
    expect(lockBetween(counters(), idle)?.releasesLock).toBeNull();
    const between = seconds({
      cpuMs: 1900,
      probe: { looks: 100, held: 55, waitMs: 100, cpuMs: 1 },
      total: { ...NONE, workMs: 4000, cpuMs: 1900 },
    });
    expect(lockBetween(counters(), between)?.releasesLock).toBeNull();
    expect(lockBetween(counters(), counters({ atMs: 149 }))).toBeNull();
  });

  it('is at most what was not on a core while the lock was held, where threads cannot be seen', () => {
    const later = seconds({
      cpuMs: 2000,
      probe: { looks: 100, held: 90, waitMs: 400, cpuMs: 10 },
      total: { ...NONE, workMs: 4000, cpuMs: 2000 },
    });
    expect(lockBetween(counters(), later)).toMatchObject({ waitingFrom: 'at-most', waitingShare: 0.45 });
  });

  it('is nothing where each worker has its own, or there is none', () => {
    for (const lock of ['own', 'off'] as const) {
      const later = seconds({ lock, cpuMs: 3900, probe: null, total: { ...NONE, workMs: 4000, cpuMs: 3900 } });
      expect(lockBetween(counters({ lock }), later)).toMatchObject({
        waitingShare: 0,
        waitingFrom: 'none',
        heldShare: null,
        probe: null,
        releasesLock: null,
        coresBusy: 1.95,
      });
    }
  });

  it('counts a worker that came in between from its beginning', () => {
    const earlier = counters({ workers: [{ worker: 1, workMs: 1000, cpuMs: 900, looks: 50, waits: 0 }] });
    const later = seconds({
      workers: [
        { worker: 1, workMs: 2000, cpuMs: 1400, looks: 100, waits: 25 },
        { worker: 2, workMs: 100, cpuMs: 100, looks: 5, waits: 1 },
      ],
    });
    expect(lockBetween(earlier, later)?.workers).toEqual([
      { worker: 1, onCpuShare: 0.5, waitingShare: 0.5 },
      { worker: 2, onCpuShare: 1, waitingShare: null },
    ]);
  });
});

describe('the meter of the lock', () => {
  it('counts from when a host said what its start had used, not from when that was read', () => {
    const meter = new LockMeter('python-threads', true);
    meter.up({ lockOn: true, cpuMs: 100, atMs: 1_000 });
    const earlier = meter.counters();
    meter.told({
      type: 'lock',
      lockOn: true,
      atMs: 3_000,
      cpuMs: 2_100,
      probeCpuMs: 1,
      probeTid: 7,
      probes: 100,
      held: 90,
      waitMs: 400,
      waits: null,
    });
    expect(lockBetween(earlier, meter.counters())).toMatchObject({ coresBusy: 1 });
  });
});
