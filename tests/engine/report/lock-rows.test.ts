import { describe, expect, it } from 'vitest';
import type { ExecutorReport, LockProgress, ResolvedSettings } from '../../../src/contract';
import { lockRows, pythonRow } from '../../../src/engine/report/lock-rows';

const LOCK: LockProgress = {
  lock: 'shared',
  coresBusy: 1,
  onCpuShare: 0.5,
  waitingShare: 0.48,
  waitingFrom: 'at-most',
  heldShare: null,
  probe: { looks: 1200, meanWaitMs: 5.2, cpuShare: 0.006 },
  releasesLock: null,
  workers: [],
};
const executor = (lock: LockProgress | null | undefined): ExecutorReport =>
  ({ executor: 'python-threads', ...(lock === undefined ? {} : { lock }) }) as ExecutorReport;

describe('rows of the interpreter lock', () => {
  it('are not there where nobody has an interpreter', () => {
    expect(lockRows([executor(undefined)])).toEqual([]);
  });

  it('say what was seen, and what could not be', () => {
    expect(
      lockRows([
        executor(undefined),
        executor(null),
        executor(LOCK),
        executor({ ...LOCK, lock: 'own', waitingShare: 0, waitingFrom: 'none', probe: null }),
      ]),
    ).toEqual([
      ['Interpreter lock', '–', '–', 'one for all workers', 'one for each worker'],
      ['Had a task: on a core', '–', '–', expect.stringMatching(/^50 % of the tasks’ time/), expect.any(String)],
      [
        'Waiting for the lock',
        '–',
        '–',
        expect.stringMatching(/^at most 48 % of the workers’ time/),
        expect.stringMatching(/^0/),
      ],
      ['Lock found held', '–', '–', '–', 'no shared lock'],
      ['Releases the lock', '–', '–', 'not shown', 'no shared lock'],
      [
        'Lock probe',
        '–',
        '–',
        expect.stringMatching(/^1,200 probes, 0\.6\d? % of one core, each wait 5\.20 ms$/),
        'not done',
      ],
    ]);
  });
});

describe('the row of the Python', () => {
  it('names build, place, lock and start method', () => {
    const python = {
      executable: '/usr/bin/python3.13',
      version: '3.13.0',
      build: 'CPython 3.13.0 (main)',
      lockOn: false,
      startMethod: 'fork' as const,
    };
    expect(pythonRow({ python } as ResolvedSettings)).toEqual([
      ['Python', 'CPython 3.13.0 (main), /usr/bin/python3.13, interpreter lock off, start method fork'],
    ]);
    expect(pythonRow({} as ResolvedSettings)).toEqual([]);
  });
});
