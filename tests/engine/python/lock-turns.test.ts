import { describe, expect, it } from 'vitest';
import { LockTurns, type Runner } from '../../../src/engine/python/lock-turns';

/** What a thread does in 100 ms: its time on a core and in the queue for one, ms, and how often it was given a core. */
interface Rate {
  cpu: number;
  queue?: number;
  slices: number;
}
const COMPUTES: Rate = { cpu: 99, slices: 3 };
const ASKS: Rate = { cpu: 0.4, slices: 20 };
const SLEEPS: Rate = { cpu: 0, slices: 0 };
/** Its part of a lock that three pass on. */
const TURNS: Rate = { cpu: 33, slices: 14 };
const STARVED: Rate = { cpu: 0, queue: 90, slices: 1 };

const OPTIONS = { longestMs: 4_000 };

/** Who is to blame that the first of these does not end, after they did so for two seconds. */
function blame(
  rates: readonly Rate[],
  { heard = true, runningMs = 2_000, cpuMs = (rates[0]?.cpu ?? 0) * 20 } = {},
): string[] {
  let nowMs = 0;
  const read = (_pid: number, tid: number): string => {
    const { cpu = 0, queue = 0, slices = 0 } = rates[tid] ?? {};
    const hundreds = nowMs / 100;
    return `${String(cpu * hundreds * 1e6)} ${String(queue * hundreds * 1e6)} ${String(slices * hundreds + 1)}\n`;
  };
  const turns = new LockTurns(1, 0, read);
  const runners = rates.map((_, tid): Runner => ({ tid, runningMs, cpuMs: () => (tid === 0 ? cpuMs : 0) }));
  return [2_000, 2_100].map((atMs) => {
    nowMs = atMs;
    if (heard) turns.heard(atMs);
    return turns.blame(runners[0] ?? null, runners, { ...OPTIONS, nowMs });
  });
}

describe('who is to blame that a task does not end', () => {
  it.each([
    ['the one that computes with the lock', [COMPUTES, ASKS, ASKS], { heard: false }, 'own'],
    ['the one that sleeps with the lock', [SLEEPS, ASKS, ASKS], { heard: false }, 'own'],
    ['others, of one that asks in vain while another computes', [ASKS, COMPUTES, ASKS], { heard: false }, 'others'],
    ['others, of one that asks in vain while another sleeps', [ASKS, SLEEPS, ASKS], { heard: false }, 'others'],
    ['others, of one that finds no core to ask on', [STARVED, COMPUTES], { heard: false }, 'others'],
    ['one that sleeps while the lock goes round', [SLEEPS, TURNS, TURNS], {}, 'own'],
    ['one that had its part of the turns', [TURNS, TURNS, TURNS], {}, 'own'],
    ['unclear, of one that has turns now and had none', [TURNS, TURNS, TURNS], { cpuMs: 10 }, 'unclear'],
    ['unclear, where all ask and none has it', [ASKS, ASKS], { heard: false }, 'unclear'],
    ['unclear, where several sleep and one of them keeps it', [SLEEPS, SLEEPS], { heard: false }, 'unclear'],
    ['others, of one that sleeps for its turn while another computes', [SLEEPS, COMPUTES], { heard: false }, 'others'],
    [
      'unclear, of one that has waited for longer than any may run',
      [ASKS, COMPUTES],
      { heard: false, runningMs: 4_001 },
      'unclear',
    ],
  ] as const)('is %s', (_who, rates, options, expected) => {
    expect(blame(rates, options)).toEqual(['unseen', expected]);
  });

  it('is its own task where none runs beside it, and unclear where the system does not tell', () => {
    const one: Runner = { tid: 1, runningMs: 2_000, cpuMs: () => 0 };
    const turns = new LockTurns(1, 0, () => '');
    expect(turns.blame(one, [one, null], { ...OPTIONS, nowMs: 0 })).toBe('own');
    expect(turns.blame(one, [one, { ...one, tid: 2 }], { ...OPTIONS, nowMs: 0 })).toBe('unclear');
  });

  it('is another, of a worker that begins nothing while that one keeps the lock, and its own where the lock goes round', () => {
    const other: Runner = { tid: 2, runningMs: 14_000, cpuMs: () => 0 };
    const turns = new LockTurns(1, 0, () => '');
    expect(turns.blame(null, [null, other], { ...OPTIONS, nowMs: 14_000 })).toBe('others');
    expect(turns.blame(null, [null, null], { ...OPTIONS, nowMs: 14_000 })).toBe('own');
    turns.heard(14_000);
    expect(turns.blame(null, [null, other], { ...OPTIONS, nowMs: 14_100 })).toBe('own');
  });
});
