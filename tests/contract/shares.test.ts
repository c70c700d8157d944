import { describe, expect, it } from 'vitest';
import { timeShares, type WorkerTime } from '../../src/contract';
import { seededRandom } from '../support/random';

const time = (over: Partial<WorkerTime>): WorkerTime => ({
  workersMs: 1000,
  tasksMs: 1000,
  cpuMs: 0,
  offThreadCpuMs: 0,
  runQueueMs: 0,
  lockMs: 0,
  ...over,
});

describe('where the time of workers went', () => {
  it('is all of it, in parts of one whole', () => {
    expect(timeShares(time({ tasksMs: 900, cpuMs: 300, runQueueMs: 200, lockMs: 250, offThreadCpuMs: 50 }))).toEqual({
      computing: 0.3,
      waitingForCore: 0.2,
      waitingForLock: 0.25,
      offThread: 0.05,
      betweenTasks: 0.1,
      waitingElse: 0.1,
    });
  });

  it('has what ran elsewhere at the same time as long as there is time for it', () => {
    expect(timeShares(time({ cpuMs: 100, offThreadCpuMs: 4000 }))).toMatchObject({
      computing: 0.1,
      offThread: 0.9,
      waitingElse: 0,
    });
  });

  it('gives to the time between tasks what of both a core and waiting for one it took', () => {
    const shares = timeShares(time({ tasksMs: 100, cpuMs: 600, runQueueMs: 200 }));
    expect(shares).toMatchObject({ betweenTasks: 0.9, waitingElse: 0 });
    expect(shares?.computing).toBeCloseTo(0.075, 9);
    expect(shares?.waitingForCore).toBeCloseTo(0.025, 9);
  });

  it('never comes to more than the whole, whatever was counted', () => {
    const shares = timeShares(time({ cpuMs: 900, runQueueMs: 900, lockMs: 900, offThreadCpuMs: 900, tasksMs: 5000 }));
    const parts = Object.values<number | null>({ ...shares });
    expect(parts.reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeCloseTo(1, 9);
  });

  it('is never below 0, whatever fractions add up to', () => {
    const fractions = seededRandom(45);
    for (let n = 0; n < 2_000; n++) {
      const workersMs = 1000 * fractions();
      const shares = timeShares({
        workersMs,
        tasksMs: n % 2 === 0 ? 0 : workersMs * fractions(),
        cpuMs: workersMs * fractions(),
        offThreadCpuMs: workersMs * fractions(),
        runQueueMs: workersMs * fractions(),
        lockMs: workersMs * fractions(),
      });
      expect(
        Math.min(...Object.values<number | null>({ ...shares }).map((share) => share ?? 0)),
      ).toBeGreaterThanOrEqual(0);
    }
  });

  it('has null for what is not known, which lies within what was waited for', () => {
    expect(
      timeShares(time({ cpuMs: 400, runQueueMs: null, lockMs: null, offThreadCpuMs: null, tasksMs: null })),
    ).toEqual({
      computing: 0.4,
      waitingForCore: null,
      waitingForLock: null,
      offThread: null,
      betweenTasks: null,
      waitingElse: 0.6,
    });
    expect(timeShares(time({ cpuMs: null }))).toBeNull();
    expect(timeShares(time({ workersMs: 0 }))).toBeNull();
  });
});
