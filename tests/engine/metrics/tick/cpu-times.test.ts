import { describe, expect, it } from 'vitest';
import { fromOsTimes, parseProcStat } from '../../../../src/engine/metrics/tick/cpu-times';

const STAT = `cpu  3719 0 2415 179770 131 0 37 11 5 2
cpu0 1517 10 1130 90341 6 3 7 5 5 2
cpu2 2202 0 1284 89429 124 0 30 6 0 0
intr 196962 0 0
ctxt 487175
btime 1763838000
`;

describe('parseProcStat', () => {
  it('counts everything but idle and iowait as busy, stolen time too and guest time once, in ms', () => {
    expect(parseProcStat(STAT)).toEqual([
      { core: 0, busyMs: (1517 + 10 + 1130 + 3 + 7 + 5) * 10, idleMs: (90341 + 6) * 10 },
      { core: 2, busyMs: (2202 + 1284 + 30 + 6) * 10, idleMs: (89429 + 124) * 10 },
    ]);
  });

  it('takes the missing columns of old kernels as 0', () => {
    expect(parseProcStat('cpu  1 2 3 4\ncpu0 1 2 3 4\n')).toEqual([{ core: 0, busyMs: 60, idleMs: 40 }]);
  });

  it('answers no cores for a text that has none', () => {
    expect(parseProcStat('')).toEqual([]);
    expect(parseProcStat('intr 1 2\n')).toEqual([]);
  });
});

describe('fromOsTimes', () => {
  const times = { user: 1, nice: 2, sys: 30, idle: 400, irq: 5 };

  it('adds interrupt time where the system counts it apart', () => {
    expect(fromOsTimes([times], 'darwin')).toEqual([{ core: 0, busyMs: 38, idleMs: 400 }]);
  });

  it('does not add it on Windows, where system time holds it', () => {
    expect(fromOsTimes([times], 'win32')).toEqual([{ core: 0, busyMs: 33, idleMs: 400 }]);
  });
});
