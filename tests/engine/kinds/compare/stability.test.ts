import { describe, expect, it } from 'vitest';
import type { ResolvedCompareSettings } from '../../../../src/contract';
import { contendersOf } from '../../../../src/engine/kinds/compare/contender';
import type { RoundFigures } from '../../../../src/engine/kinds/compare/pass';
import { limitsOf, roundsMs } from '../../../../src/engine/kinds/compare/stability';
import { isKnown, livesMs, warmUpMs, type LivesSoFar } from '../../../../src/engine/kinds/compare/time-left';
import { WARM_UP_MS } from '../../../../src/engine/kinds/compare/warm-up';
import { noCounts } from '../../../../src/engine/kinds/shared/counts';
import { fakeExecutor } from './fake-executor';

const settings: ResolvedCompareSettings = {
  workload: 'sha256',
  executors: ['sequential', 'threads'],
  workers: 2,
  size: 1000,
  workloadSettings: {},
  prepared: {},
  taskMs: null,
  calibratedMs: null,
  tasks: 40,
  rounds: 9,
  seed: 5,
};
const limits = { rounds: 30, measuringMs: 20_000, livesMs: 2_000 };

const figures = (makespanMs: number): RoundFigures => ({
  makespanMs,
  cpuMs: null,
  offThreadCpuMs: null,
  runQueueMs: null,
  deaths: 0,
  cores: [],
  engineCpuMs: null,
  throttled: null,
  counts: noCounts(),
});

/** 50 ms to start, and a list of that many ms, of those that were looked at. */
function contenders(...listsMs: number[]): ReturnType<typeof contendersOf> {
  const executors = settings.executors.map((name) => fakeExecutor({ name, answer: () => 0 }));
  const all = contendersOf(settings, executors);
  for (const [at, listMs] of listsMs.entries()) Object.assign(all[at]!, { startMs: 50, listMs });
  return all;
}

describe('what a comparison is expected to take yet', () => {
  const before: LivesSoFar = { done: 0, of: 3, tookMs: 0, limitMs: 4000 };
  const rest = { settings, limits, rounds: 0, measuringMs: 0 };
  const aheadMs = (all: ReturnType<typeof contenders>, lives = before, open: Partial<typeof rest> = {}): number =>
    warmUpMs(all) + roundsMs({ contenders: all, ...rest, ...open }) + livesMs(all, lives);

  it('is, after a first look at each, a warm-up of each, every round, and their lives', () => {
    const listsMs = 300 + 200;
    expect(aheadMs(contenders(300, 200))).toBe(50 + 300 + (50 + 200) + 9 * listsMs + 3 * (2 * 50 + listsMs));
  });

  it('is no warm-up shorter than the shortest there is, and no further life after the last', () => {
    expect(aheadMs(contenders(4, 6), { ...before, done: 3, tookMs: 500 })).toBe(2 * (50 + WARM_UP_MS) + 9 * 10);
  });

  it('is further lives by those that were, and none that begins after their limit', () => {
    const all = contenders(300, 200);
    expect(livesMs(all, { ...before, done: 1, tookMs: 620 })).toBe(2 * 620);
    expect(livesMs(all, { ...before, done: 1, tookMs: 3000 })).toBe(1000 + 3000);
    expect(livesMs(all, { ...before, done: 1, tookMs: 4000 })).toBe(0);
  });

  it('is bounded by the limit of time where rounds go on until they are stable', () => {
    const open = { settings: { ...settings, rounds: null } };
    expect(aheadMs(contenders(900, 900), { ...before, done: 3 }, open)).toBe(2 * (50 + 900) + 20_000);
  });

  it('leaves out a contender that failed', () => {
    const [first, second] = contenders(300, 200);
    second!.failure = { code: 'worker-died', message: 'It died.' };
    expect(aheadMs([first!, second!], { ...before, done: 3 })).toBe(350 + 9 * 300);
  });

  it('takes who was not looked at yet for as slow as the others, and is not known before the first', () => {
    expect(aheadMs(contenders(300), { ...before, done: 3 })).toBe(2 * 350 + 9 * 600);
    expect([contenders(), contenders(300)].map(isKnown)).toEqual([false, true]);
  });

  it('is, while rounds are measured, what those that are left take, at the speed of those that are over', () => {
    const all = contenders(1, 1);
    for (const [at, makespansMs] of [
      [290, 310, 300],
      [250, 150, 200],
    ].entries())
      for (const [number, makespanMs] of makespansMs.entries()) all[at]!.rounds.set(number, figures(makespanMs));
    const progress = { contenders: all, settings, limits, measuringMs: 1500 };
    expect(roundsMs({ ...progress, rounds: 3 })).toBe(6 * 500);
    expect(roundsMs({ ...progress, rounds: 9 })).toBe(0);
  });
});

describe('the limits of rounds', () => {
  it('are 10 s for two contenders and 3.5 s more for each further one, or 90 s where more time is to be taken', () => {
    expect([2, 3, 6].map((contenders) => limitsOf(contenders, false).measuringMs)).toEqual([10_000, 13_500, 24_000]);
    expect([2, 6].map((contenders) => limitsOf(contenders, true))).toEqual(
      Array(2).fill({ rounds: 400, measuringMs: 90_000, livesMs: 4_000 }),
    );
  });
});
