import { describe, expect, test } from 'vitest';
import { coresBusyCell, lockWaitCell, releasesCell } from '../../../src/renderer/src/live/live-figures';
import { liveIn } from '../../support/experiment-state';
import { createFakeEngine } from '../fake/engine';

const fake = createFakeEngine({
  python: '3.14',
  cores: 4,
  historyMs: 20_000,
  run: { workload: 'primes', workers: { 'python-threads': 2, 'python-processes': 1 }, taskMs: 20 },
});
const lock = liveIn(fake.state())!.executors.find((one) => one.executor === 'python-threads')!.lock!;

describe('the figures of the lock', () => {
  test('say how long workers wait, and how that is known', () => {
    expect(lockWaitCell(lock).text).toBe('48 %');
    expect(lockWaitCell({ ...lock, waitingFrom: 'at-most' }).text).toBe('≤ 48 %');
    expect(lockWaitCell({ ...lock, waitingShare: null }).text).toBe('–');
    expect(lockWaitCell({ ...lock, lock: 'own', waitingShare: 0 }).text).toBe('own lock');
    expect(lockWaitCell({ ...lock, lock: 'off', waitingShare: 0 }).text).toBe('no lock');
    expect(lockWaitCell(null).text).toBe('–');
  });

  test('are not available, rather than 0, where the system cannot tell', () => {
    expect(coresBusyCell(lock).text).toBe('1.01');
    expect(coresBusyCell({ ...lock, coresBusy: null }).text).toBeNull();
  });

  test('say of a workload only what was shown', () => {
    expect([true, false, null].map((releasesLock) => releasesCell({ ...lock, releasesLock }).text)).toEqual([
      'yes',
      'no',
      '–',
    ]);
  });
});
