import { describe, expect, it } from 'vitest';
import type { ResolvedCompareSettings, TimeParts } from '../../../../src/contract';
import { contendersOf } from '../../../../src/engine/kinds/compare/contender';
import { aheadMs, remainingMs, WARM_UP_MS } from '../../../../src/engine/kinds/compare/stability';
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
const limits = { rounds: 30, measuringMs: 20_000 };

/** A life of 50 ms to start, a list of `listMs`, and 10 ms to end. */
const life = (listMs: number): TimeParts => ({
  wholeMs: 60 + listMs,
  spawnMs: 50,
  firstTaskMs: 1,
  computeMs: listMs,
  serializeMs: null,
  transferMs: 0,
  waitingMs: 0,
  teardownMs: 10,
});

function contenders(...listsMs: number[]): ReturnType<typeof contendersOf> {
  const executors = settings.executors.map((name) => fakeExecutor({ name, answer: () => 0 }));
  const all = contendersOf(settings, executors);
  for (const [at, listMs] of listsMs.entries()) all[at]!.lives = [life(listMs)];
  return all;
}

describe('what a comparison is expected to take yet', () => {
  const lives = { done: 1, of: 3, tookMs: 620, limitMs: 4000 };

  it('is, after the first life, further lives, a warm-up of each, and every round', () => {
    const listsMs = 300 + 200;
    expect(aheadMs({ contenders: contenders(300, 200), settings, limits }, lives)).toBe(
      2 * 620 + (50 + 300) + (50 + 200) + 9 * listsMs,
    );
  });

  it('is no warm-up shorter than the shortest there is, and no further life after the last', () => {
    expect(aheadMs({ contenders: contenders(4, 6), settings, limits }, { ...lives, done: 3 })).toBe(
      2 * (50 + WARM_UP_MS) + 9 * 10,
    );
  });

  it('is bounded by the limit of time where rounds go on until they are stable', () => {
    const open = { contenders: contenders(900, 900), settings: { ...settings, rounds: null }, limits };
    expect(aheadMs(open, { ...lives, done: 3 })).toBe(2 * (50 + 900) + 20_000);
  });

  it('leaves out a contender that failed', () => {
    const [first, second] = contenders(300, 200);
    second!.failure = { code: 'worker-died', message: 'It died.' };
    expect(aheadMs({ contenders: [first!, second!], settings, limits }, { ...lives, done: 3 })).toBe(350 + 9 * 300);
  });

  it('is, while rounds are measured, what those that are left take, at the speed of those that are over', () => {
    const progress = { contenders: contenders(300, 200), settings, limits, measuringMs: 1500 };
    expect(remainingMs({ ...progress, rounds: 0 })).toBeNull();
    expect(remainingMs({ ...progress, rounds: 3 })).toBe(6 * 500);
    expect(remainingMs({ ...progress, rounds: 9 })).toBe(0);
  });
});
