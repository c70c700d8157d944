import { describe, expect, test } from 'vitest';
import {
  coresBusyCell,
  lockWaitCell,
  momentGroups,
  releasesCell,
  wholeGroups,
} from '../../../src/renderer/src/live/live-figures';
import { makeReport } from '../../fixtures/report';
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

describe('the start-up of threads', () => {
  const cellOf = (groups: ReturnType<typeof wholeGroups>) =>
    groups.flatMap(({ rows }) => rows).find(({ key }) => key === 'start-up')!.cells[0];

  test.each([
    ['of a run', { kept: 0, startUpMs: 30 }, { text: '30 ms' }],
    [
      'is none where all were kept',
      { kept: 6, startUpMs: null },
      { text: 'kept', title: 'kept from the run before: no start-up in this run' },
    ],
    [
      'is of those that started where some were kept',
      { kept: 4, startUpMs: 30 },
      { text: '30 ms', title: '30 ms, of 2 that started in this run' },
    ],
  ])('%s', (_, { kept, startUpMs }, cell) => {
    const report = makeReport();
    const executors = report.executors.map((one) => ({
      ...one,
      startUpMs,
      workers: one.workers.map((worker, at) => (at < kept ? { ...worker, startUpMs: null, reused: true } : worker)),
    }));
    expect(cellOf(wholeGroups(['threads'], { ...report, executors }))).toEqual(cell);
    const [progress] = liveIn(fake.state())!.executors;
    const workers = Array.from({ length: 6 }, (_, at) => ({
      ...progress!.workers[0]!,
      ...(at < kept ? { reused: true } : {}),
    }));
    const moment = { meanLive: () => null, memory: {}, share: () => null };
    expect(cellOf(momentGroups([{ ...progress!, startUpMs, workers }], moment))).toEqual(cell);
  });
});
