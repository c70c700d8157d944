import { describe, expect, it } from 'vitest';
import type { ContenderKey, ExecutorKey, ResolvedCompareSettings } from '../../../../src/contract';
import { contendersOf } from '../../../../src/engine/kinds/compare/contender';
import type { RoundFigures } from '../../../../src/engine/kinds/compare/pass';
import {
  limitsOf,
  nextStep,
  openPairs,
  racing,
  roundsMs,
  settlingMs,
  type Progress,
} from '../../../../src/engine/kinds/compare/stability';
import { standings } from '../../../../src/engine/kinds/compare/standing';
import { isKnown, livesMs, roundMs, warmUpMs, type LivesSoFar } from '../../../../src/engine/kinds/compare/time-left';
import { WARM_UP_MS } from '../../../../src/engine/kinds/compare/warm-up';
import { noCounts } from '../../../../src/engine/kinds/shared/counts';
import { seededRandom } from '../../../support/random';
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
const limits = { rounds: 30, measuringMs: 20_000, mostMs: 90_000, livesMs: 2_000 };

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
  const rest = { settings, limits, rounds: 0, measuringMs: 0, restarts: [] as number[], standings: [] };
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
    expect(aheadMs(contenders(700, 700), { ...before, done: 3 }, open)).toBe(2 * (50 + 700) + 20_000);
    // A call of two needs 14 rounds.
    expect(aheadMs(contenders(900, 900), { ...before, done: 3 }, open)).toBe(2 * (50 + 900) + 14 * 1800);
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
    const progress = { contenders: all, settings, limits, measuringMs: 1500, restarts: [] as number[], standings: [] };
    expect(roundsMs({ ...progress, rounds: 3 })).toBe(6 * 500);
    expect(roundsMs({ ...progress, rounds: 9 })).toBe(0);
  });
});

describe('the limits of rounds', () => {
  it('are 10 s for two contenders and 3.5 s more for each further one, or 90 s where more time is to be taken', () => {
    expect([2, 3, 6].map((contenders) => limitsOf(contenders, {}).measuringMs)).toEqual([10_000, 13_500, 24_000]);
    expect([2, 3].map((contenders) => limitsOf(contenders, { quick: true }).measuringMs)).toEqual([5_000, 7_000]);
    expect([2, 6].map((contenders) => limitsOf(contenders, { precise: true }))).toEqual(
      Array(2).fill({ rounds: 400, measuringMs: 90_000, mostMs: 90_000, livesMs: 4_000 }),
    );
  });
});

/** Rounds of contenders with these medians, each value up to `noise` off; drawn the same every time. */
interface Drawn {
  /** By executor: the median, and how many rounds it has; default: all. */
  medians: Partial<Record<ExecutorKey, number>>;
  rounds: number;
  noise?: number;
  /** Rounds of one contender that were left out, from this one on. */
  left?: Partial<Record<ContenderKey, number>>;
}

function raced(
  { medians, rounds, noise = 0.001, left = {} }: Drawn,
  more: Partial<Pick<Progress, 'limits' | 'measuringMs' | 'restarts' | 'settings'>> = {},
): Progress {
  const executors = Object.keys(medians) as ExecutorKey[];
  const all = contendersOf(
    { ...settings, executors },
    executors.map((name) => fakeExecutor({ name, answer: () => 0 })),
  );
  const random = seededRandom(7);
  for (const one of all) {
    const ms = medians[one.name as ExecutorKey] ?? 1000;
    one.startMs = 100;
    one.listMs = ms;
    for (let number = 0; number < rounds; number++) {
      const value = ms * Math.exp(noise * (2 * random() - 1));
      if (number < (left[one.name] ?? Infinity)) one.rounds.set(number, figures(value));
    }
  }
  const { restarts = [] } = more;
  return {
    contenders: all,
    settings: { rounds: null },
    limits: limitsOf(all.length, {}),
    rounds,
    measuringMs: 0,
    restarts,
    standings: standings(all, []),
    ...more,
  };
}
const names = (all: readonly { name: ContenderKey }[]): ContenderKey[] => all.map(({ name }) => name);
const open = (progress: Progress): ContenderKey[][] => openPairs(progress).map(({ pair }) => names(pair));
const SIX_MS = { sequential: 200, threads: 105, processes: 100, 'python-threads': 1020, 'python-processes': 520 };

describe('who is in the next round', () => {
  it('is everybody until each has eight rounds', () => {
    expect(names(racing(raced({ medians: SIX_MS, rounds: 7 })))).toHaveLength(6);
    expect(open(raced({ medians: SIX_MS, rounds: 0 }))).toEqual([
      ['threads', 'sequential'],
      ['processes', 'sequential'],
      ['python-threads', 'python-sequential'],
      ['python-processes', 'python-sequential'],
    ]);
  });

  it('is nobody once all pairs are settled: each with its baseline, and the fastest two', () => {
    expect(racing(raced({ medians: SIX_MS, rounds: 40 }))).toEqual([]);
  });

  it('is who is in an open pair, with the baseline that one of them needs', () => {
    const unsettled = raced({ medians: SIX_MS, rounds: 40 });
    const wide = raced({ medians: SIX_MS, rounds: 40, noise: 0.5 });
    const mixed: Progress = {
      ...unsettled,
      standings: unsettled.standings.map((one, at) =>
        one.contender.name === 'python-processes' && one.against.name === 'python-sequential'
          ? { ...one, found: wide.standings[at]!.found }
          : one,
      ),
    };
    expect(names(racing(mixed))).toEqual(['python-sequential', 'python-processes']);
  });

  it('is the fastest two of all until they are told apart or narrow, whoever their baselines are', () => {
    const sorted = (progress: Progress): ContenderKey[][] => open(progress).map((pair) => pair.toSorted());
    const close = raced({ medians: { ...SIX_MS, threads: 101 }, rounds: 40, noise: 0.08 });
    expect(sorted(close)).toContainEqual(['processes', 'threads']);
    const python = raced({ medians: { ...SIX_MS, threads: 130, 'python-processes': 101 }, rounds: 40, noise: 0.08 });
    expect(sorted(python)).toContainEqual(['processes', 'python-processes']);
  });

  it('takes the fastest by the rounds that all have: one that left early may have had a faster machine', () => {
    const progress = raced({ medians: SIX_MS, rounds: 40, left: { threads: 10 } });
    const slowed = progress.contenders.map((one) => {
      const rounds = new Map(
        [...one.rounds].map(([number, round]) => [number, number < 10 ? round : figures(3 * round.makespanMs)]),
      );
      return { ...one, rounds };
    });
    const fastest = openPairs({ contenders: slowed, standings: [] })
      .map(({ pair }) => names(pair))
      .at(-1);
    expect(fastest).toEqual(['processes', 'threads']);
  });

  it('is everybody in each of a number of rounds that is wanted', () => {
    const wanted = raced({ medians: SIX_MS, rounds: 40 }, { settings: { rounds: 50 } });
    expect(names(racing(wanted))).toHaveLength(6);
  });

  it('is everybody again after workers were started again, until each has eight rounds more', () => {
    const again = (rounds: number): ContenderKey[] =>
      names(racing(raced({ medians: SIX_MS, rounds }, { restarts: [40] })));
    expect([again(40).length, again(47).length, again(48).length]).toEqual([6, 6, 0]);
  });

  it('is nobody who failed, nor who is held against that one alone', () => {
    const progress = raced({ medians: SIX_MS, rounds: 7 });
    progress.contenders[0]!.failure = { code: 'worker-died', message: 'It died.' };
    expect(names(racing(progress))).not.toContain('sequential');
    expect(open(progress)).toContainEqual(['processes', 'threads']);
  });
});

describe('what follows a round', () => {
  const TWO = { sequential: 200, threads: 105 };
  const step = (drawn: Partial<Drawn>, more: Parameters<typeof raced>[1] = {}): string =>
    nextStep(raced({ medians: TWO, rounds: 40, ...drawn }, more));

  it('is a start of all workers once everything is settled, three times, and the end the fourth time', () => {
    expect(step({})).toBe('restart');
    expect(step({}, { restarts: [10, 20] })).toBe('restart');
    expect(step({}, { restarts: [10, 20, 30] })).toBe('stable');
    expect(step({}, { restarts: [10, 20, 36] })).toBe('round');
  });

  it('is that start after each quarter of the time or of the rounds, where they are not settled', () => {
    const restless = { noise: 0.6 };
    expect(step(restless, { measuringMs: 2499 })).toBe('round');
    expect(step(restless, { measuringMs: 2500 })).toBe('restart');
    // A call of two needs 14 rounds: it is not kept waiting for the first of those starts.
    expect(step({ ...restless, rounds: 13 }, { measuringMs: 2500 })).toBe('round');
    expect(step({ ...restless, rounds: 14 }, { measuringMs: 2500 })).toBe('restart');
    expect(step({ ...restless, rounds: 100 })).toBe('restart');
    expect(step(restless, { measuringMs: 4999, restarts: [20] })).toBe('round');
    expect(step(restless, { measuringMs: 5000, restarts: [20] })).toBe('restart');
    expect(step(restless, { measuringMs: 7000, restarts: [10, 20, 30] })).toBe('round');
  });

  it('is no start where too little time is left for eight rounds of all, but the end once settled', () => {
    expect(step({}, { measuringMs: 9000 })).toBe('stable');
    expect(step({ noise: 0.6 }, { measuringMs: 9000 })).toBe('round');
    expect(step({ noise: 0.6, rounds: 7 }, { measuringMs: 5000 })).toBe('round');
  });

  it('is the end at the limit of time or of rounds', () => {
    expect(step({ noise: 0.6 }, { measuringMs: 10_000 })).toBe('time-limit');
    expect(step({ noise: 0.6, rounds: 400 })).toBe('round-limit');
    expect(step({ rounds: 60 }, { restarts: [30], measuringMs: 10_000 })).toBe('stable');
  });

  it('is no end by the limit of time before there are as many rounds as a call needs, unless they take 90 s', () => {
    const few = { noise: 0.6, rounds: 13 };
    expect(step(few, { measuringMs: 60_000 })).toBe('round');
    expect(step({ ...few, rounds: 14 }, { measuringMs: 60_000 })).toBe('time-limit');
    expect(step(few, { measuringMs: 90_000 })).toBe('time-limit');
  });

  it('is starts that divide a wanted number of rounds by four, or by eight rounds each, and the end after exactly as many', () => {
    const of = (wanted: number, rounds: number, ...restarts: number[]): string =>
      step({ rounds }, { settings: { rounds: wanted }, restarts, measuringMs: 1e9 });
    expect([of(16, 7), of(16, 8), of(16, 9, 8), of(16, 16, 8)]).toEqual(['round', 'restart', 'round', 'rounds-done']);
    expect([of(15, 7), of(15, 8), of(15, 15)]).toEqual(['round', 'round', 'rounds-done']);
    expect([of(25, 8), of(25, 12, 8), of(25, 16, 8), of(25, 24, 8, 16)]).toEqual([
      'restart',
      'round',
      'restart',
      'round',
    ]);
    expect([of(100, 25), of(100, 50, 25), of(100, 75, 25, 50)]).toEqual(Array(3).fill('restart'));
  });
});

describe('what rounds are expected to take yet', () => {
  it('is, where a number is wanted, those and the further starts of all workers', () => {
    const wanted = (rounds: number, ...restarts: number[]): number =>
      roundsMs(
        raced({ medians: { sequential: 200, threads: 100 }, rounds, noise: 0 }, { settings: { rounds: 40 }, restarts }),
      );
    const startMs = 2 * 100 + 200 + 100;
    expect(wanted(0)).toBe(40 * 300 + 3 * startMs);
    expect(wanted(20, 10, 20)).toBeCloseTo(20 * 300 + startMs);
    expect(wanted(30, 10, 20, 30)).toBeCloseTo(10 * 300);
    expect(wanted(40, 10, 20, 30)).toBe(0);
  });

  it('is what the widest pair needs, of those that are still in it, within the limits', () => {
    const progress = raced({ medians: SIX_MS, rounds: 40, noise: 0.1 }, { restarts: [10, 20, 30] });
    const widest = Math.max(...openPairs(progress).map((one) => settlingMs(one, roundMs(racing(progress))) ?? 0));
    expect(widest).toBeGreaterThan(0);
    expect(roundsMs(progress)).toBeCloseTo(Math.min(widest, 24_000));
    expect(roundsMs({ ...progress, measuringMs: 23_990 })).toBe(10);
    // Of 21 rounds that a call of six needs.
    const few = raced({ medians: SIX_MS, rounds: 11, noise: 0.1 }, { measuringMs: 60_000, restarts: [8] });
    const eachMs = Object.values(SIX_MS).reduce((sum, ms) => sum + ms, 1000);
    expect(Math.abs(roundsMs(few) / eachMs - 10)).toBeLessThan(0.2);
  });

  it('is eight rounds of all after each start that is still to come, and its time', () => {
    const settled = raced({ medians: { sequential: 200, threads: 100 }, rounds: 40, noise: 0.0001 });
    expect(roundsMs(settled)).toBeCloseTo(3 * (8 * 300 + 2 * 100 + 300), 0);
  });

  it('is not told of a pair without an interval', () => {
    const progress = raced({ medians: SIX_MS, rounds: 8 });
    expect(openPairs(progress).map((one) => settlingMs(one, roundMs(racing(progress))))).toContain(null);
  });
});
