import { describe, expect, it } from 'vitest';
import { binned, niceCeiling, stepArea, weightedMean } from '../../../src/engine/report/html/series';
import { ranges, workersThroughout } from '../../../src/engine/report/words';
import { makeReport } from '../../fixtures/report';

describe('bringing a column to fewer points', () => {
  it('weights by how long each sample lasted', () => {
    expect(weightedMean([1, 0], [100, 300])).toBe(0.25);
    expect(binned([1, 0], { atMs: [100, 400], intervalMs: [100, 300] }, { fromMs: 0, toMs: 400, bins: 1 })).toEqual([
      0.25,
    ]);
  });

  it('splits a sample that reaches over the border of two points', () => {
    expect(binned([1, 0], { atMs: [150, 200], intervalMs: [150, 50] }, { fromMs: 0, toMs: 200, bins: 2 })).toEqual([
      1, 0.5,
    ]);
  });

  it('leaves a gap a gap, never 0', () => {
    expect(binned([0.5, 0.7], { atMs: [100, 400], intervalMs: [100, 100] }, { fromMs: 0, toMs: 400, bins: 4 })).toEqual(
      [0.5, null, null, 0.7],
    );
    expect(weightedMean([], [])).toBeNull();
    expect(weightedMean([1, null], [100, 300])).toBe(1);
    expect(
      binned(
        [0.5, null, 0.7],
        { atMs: [100, 200, 300], intervalMs: [100, 100, 100] },
        { fromMs: 0, toMs: 300, bins: 3 },
      ),
    ).toEqual([0.5, null, 0.7]);
    expect(binned([], { atMs: [], intervalMs: [] }, { fromMs: 0, toMs: 0, bins: 4 })).toEqual([]);
  });

  it('keeps the mean over all', () => {
    const values = Array.from({ length: 997 }, (_, at) => ((at * 7919) % 101) / 100);
    const samples = { atMs: values.map((_, at) => (at + 1) * 100), intervalMs: values.map(() => 100) };
    const bins = binned(values, samples, { fromMs: 0, toMs: 99_700, bins: 120 });
    const mean = bins.reduce<number>((sum, value) => sum + (value ?? 0), 0) / bins.length;
    expect(mean).toBeCloseTo(weightedMean(values, samples.intervalMs) ?? 0, 9);
  });

  it('draws steps from the ground, open at gaps, never beyond the box', () => {
    expect(stepArea([0.5, 1, null, 2, -1], 100)).toBe('M0 100V50h1V0h1V100zM3 100V0h1V100h1V100z');
    expect(stepArea([], 100)).toBe('');
  });

  it('ends scales at round numbers', () => {
    expect([0, 0.7, 1, 147, 2184, 9999].map(niceCeiling)).toEqual([1, 0.8, 1, 150, 2500, 10000]);
  });
});

describe('numbers in words', () => {
  it('say how many workers there were, also where their number changed', () => {
    const report = makeReport();
    expect(workersThroughout(report)).toBe('6 threads · 4 processes');
    const resizes = [
      { atMs: 1, executor: 'threads' as const, from: 6, to: 1 },
      { atMs: 2, executor: 'python-threads' as const, from: 0, to: 3 },
    ];
    expect(
      workersThroughout({
        ...report,
        settings: { ...report.settings, workers: { threads: 6, processes: 1 } },
        resizes,
      }),
    ).toBe('1–6 threads · 1 process · 0–3 Python threads');
    expect(workersThroughout({ ...report, settings: { ...report.settings, workers: {} } })).toBe('no workers');
  });

  it('shorten lists of cores', () => {
    expect([[], [3], [0, 1, 2, 3, 8, 10, 11]].map(ranges)).toEqual(['none', '3', '0–3, 8, 10–11']);
  });
});
