import { describe, expect, it } from 'vitest';
import type { IpcPoint, Measured, ResolvedLabSettings } from '../../../../src/contract';
import { breakEvens } from '../../../../src/engine/kinds/lab/break-even';
import {
  caseRemainingMs,
  caseRun,
  less,
  measured,
  wantsRound,
  type LabCase,
} from '../../../../src/engine/kinds/lab/case';
import { steps } from '../../../../src/engine/kinds/lab/memory-lab';
import { couldLose, raceVerdict } from '../../../../src/engine/kinds/lab/race-lab';

const PYTHON = {
  executable: '/python',
  version: '3.13.0',
  build: 'CPython 3.13.0',
  lockOn: true,
  startMethod: 'fork' as const,
};
const settings: ResolvedLabSettings = { lab: 'ipc', quick: true, workers: 4, seed: 1, python: PYTHON };
const us = (value: number, low: number, high: number): Measured => ({ value, low, high, values: [value] });
/** Bytes that came back with the last message, unless it is said that they are one's own. */
const point = (way: IpcPoint['way'], roundTripUs: Measured): IpcPoint => ({
  way,
  executor: 'threads',
  bytes: 1024,
  roundTripUs,
  ownRoundTripUs: null,
  bytesPerSecond: null,
  reason: null,
});

describe('the verdict of a race', () => {
  it('never calls it safe that no loss was seen', () => {
    expect(raceVerdict('unlocked', 0, 30)).toBe('not-observed');
    expect(raceVerdict('lock', 0, 30)).toBe('not-observed');
    expect(raceVerdict('unlocked', 1, 30)).toBe('lost');
    expect(raceVerdict('separate', 0, 30)).toBe('cannot-race');
    expect(raceVerdict('separate', 1, 30)).toBe('lost');
    expect(raceVerdict('lock', 0, 0)).toBe('not-measured');
  });

  it('says how many rounds may lose some and still show none: the rule of three', () => {
    expect(couldLose('unlocked', 0, 30)).toBeCloseTo(0.095, 3);
    expect(couldLose('unlocked', 0, 300)).toBeCloseTo(3 / 300, 3);
    expect(couldLose('unlocked', 2, 30)).toBeNull();
    expect(couldLose('separate', 0, 30)).toBeNull();
  });
});

describe('the length of a task that is worth its hand-over', () => {
  const points = [
    point('clone', us(20, 18, 22)),
    point('fork-advanced', us(60, 50, 70)),
    point('python-queue', us(90, 80, 100)),
    point('python-thread-queue', us(30, 28, 32)),
  ];

  it('is the hand-over times W / (W - 1) against one worker that does them itself', () => {
    const [threads] = breakEvens(points, settings);
    expect(threads).toMatchObject({ executor: 'threads', against: 'inline', bytes: 1024, workers: 4 });
    expect(threads!.taskUs!.value).toBeCloseTo((20 * 4) / 3, 9);
    expect(threads!.taskUs!.low).toBeCloseTo(24, 9);
  });

  it('goes by bytes of one’s own, as a task’s argument is, where they were measured', () => {
    const measured = (us: number): Measured => ({ value: us, low: us, high: us, values: [us] });
    const own = { ...point('clone', measured(20)), ownRoundTripUs: measured(60) };
    expect(breakEvens([own], { ...settings, python: null })[0]?.taskUs?.value).toBeCloseTo((60 * 4) / 3, 9);
  });

  it('is the difference of both hand-overs against threads that take turns, as wide as both intervals allow', () => {
    const found = breakEvens(points, settings).find(
      ({ against, bytes }) => against === 'python-threads' && bytes === 1024,
    );
    expect(found?.taskUs?.value).toBeCloseTo((60 * 4) / 3, 9);
    expect(found?.taskUs?.low).toBeCloseTo((48 * 4) / 3, 9);
    expect(found?.taskUs?.high).toBeCloseTo((72 * 4) / 3, 9);
  });

  it('does not exist where the threads need not take turns, or where something was not measured', () => {
    const unlocked = breakEvens(points, { ...settings, python: { ...PYTHON, lockOn: false } }).find(
      ({ against, bytes }) => against === 'python-threads' && bytes === 1024,
    );
    expect(unlocked).toMatchObject({ taskUs: null, because: expect.stringContaining('no interpreter lock') });
    expect(
      breakEvens([], { ...settings, python: null }).every(
        ({ taskUs, executor }) => taskUs === null && !executor.startsWith('python'),
      ),
    ).toBe(true);
  });
});

describe('a case of a lab', () => {
  const one: LabCase = {
    title: 'a',
    executor: 'threads',
    rounds: 8,
    limitMs: 100,
    expectedMs: 10,
    unavailable: null,
    measure: async () => {},
  };

  it('is given no further round beyond its time, but three at least', () => {
    const run = caseRun(one);
    expect(caseRemainingMs(run)).toBe(80);
    Object.assign(run, { done: 2, tookMs: 400 });
    expect(wantsRound(run)).toBe(true);
    expect(caseRemainingMs(run)).toBe(200);
    Object.assign(run, { done: 3, tookMs: 600 });
    expect(wantsRound(run)).toBe(false);
    expect(caseRemainingMs(run)).toBe(0);
  });

  it('takes no time where it cannot be measured', () => {
    expect(caseRemainingMs(caseRun({ ...one, unavailable: 'There is no Python.' }))).toBe(0);
  });

  it('has an interval that holds its median, and none without a value', () => {
    expect(measured([3, 1, 2], 1)).toMatchObject({ value: 2, low: 1, high: 3, values: [3, 1, 2] });
    expect(measured([], 1)).toBeNull();
    expect(less(us(5, 4, 6), us(2, 1, 3))).toEqual({ value: 3, low: 1, high: 5 });
  });
});

it('counts what each further worker adds, the first left out', () => {
  expect(steps([30, 40, 55, 60])).toEqual([10, 15, 5]);
  expect(steps([null, 40, null])).toEqual([]);
});
