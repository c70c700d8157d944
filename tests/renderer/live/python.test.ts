import { describe, expect, test } from 'vitest';
import { coresBusyCell, lockWaitCell, releasesCell } from '../../../src/renderer/src/live/lock-words';
import { pythonFor } from '../../../src/renderer/src/ui/python-choice';
import { takingPart } from '../../../src/renderer/src/ui/taking-part';
import { createFakeEngine } from '../fake/engine';

const fake = createFakeEngine({
  python: '3.14',
  cores: 4,
  historyMs: 20_000,
  run: { workload: 'primes', workers: { 'python-threads': 2, 'python-processes': 1 }, taskMs: 20 },
});
const { run, executors } = fake.state();
const lock = run!.executors.find((one) => one.executor === 'python-threads')!.lock!;

describe('the interpreter that a run would use', () => {
  const pythons = [...executors.pythons!].reverse();

  test('is the chosen one, else the first that has what is asked for', () => {
    expect(pythonFor(pythons, { chosen: null, workers: {} })?.version).toBe('3.13.0');
    expect(pythonFor(pythons, { chosen: null, workers: { 'python-interpreters': 1 } })?.version).toBe('3.14.0');
    expect(pythonFor(pythons, { chosen: { executable: '/usr/bin/python3.14' }, workers: {} })?.version).toBe('3.14.0');
    expect(pythonFor([], { chosen: null, workers: {} })).toBeNull();
  });
});

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

describe('the executors that take part', () => {
  test('are those asked for and those that worked, in their order', () => {
    expect(takingPart(run, {})).toEqual(['python-threads', 'python-processes']);
    expect(takingPart(run, { threads: 1, processes: 0 })).toEqual(['threads', 'python-threads', 'python-processes']);
    expect(takingPart(null, {})).toEqual(['threads', 'processes']);
  });
});
