import { describe, expect, test } from 'vitest';
import {
  countTicks,
  linearTicks,
  logTicks,
  nearestStop,
  ratioTicks,
  shareOf,
  stopsOf,
} from '../../../src/renderer/src/charts/plot-scale';
import { axesOf, ceilingGuide, drawnLaw, lawAt, seriesOfReport } from '../../../src/renderer/src/scale/scale-series';
import { drawScaleReport } from '../fake/experiments/scale-report';

describe('an axis', () => {
  test('has round ticks from 0 to beyond the greatest value', () => {
    expect(linearTicks(3.9)).toEqual([0, 1, 2, 3, 4]);
    expect(linearTicks(183)).toEqual([0, 50, 100, 150, 200]);
    expect(linearTicks(0).length).toBeGreaterThan(1);
  });

  test('counts workers one by one, and in steps where there are many', () => {
    expect(countTicks(4)).toEqual([1, 2, 3, 4]);
    expect(countTicks(32)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32]);
  });

  test('has every power of ten around what it shows', () => {
    expect(logTicks(9, 4200)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(logTicks(10, 10)).toEqual([10, 100]);
  });

  test('has round ratios with their inverses on both sides of 1', () => {
    expect(ratioTicks(12.3)).toEqual([0.1, 0.5, 1, 2, 10]);
    expect(ratioTicks(1.15)).toEqual([1 / 1.1, 1 / 1.02, 1, 1.02, 1.1]);
    expect(ratioTicks(1e6).at(-1)).toBe(10_000);
  });

  test('places twice and half equally far where it is logarithmic', () => {
    const axis = { kind: 'log', min: 1, max: 100 } as const;
    expect(shareOf(axis, 10)).toBeCloseTo(0.5);
    expect(shareOf(axis, 20) - shareOf(axis, 10)).toBeCloseTo(shareOf(axis, 10) - shareOf(axis, 5));
  });

  test('finds the stop that is nearest on the screen', () => {
    expect(nearestStop([1, 10, 100], { kind: 'log', min: 1, max: 100 }, 0.6)).toBe(10);
    expect(nearestStop([], { kind: 'linear', min: 0, max: 1 }, 0.5)).toBeNull();
  });
});

describe('the curves of a scaling report', () => {
  const report = drawScaleReport();

  test('are the points of the report with their intervals, as they stand there', () => {
    const [threads] = seriesOfReport(report, 'throughput');
    const point = report.curves[0]!.points[2]!;
    expect(threads!.points[2]).toEqual({
      x: 3,
      y: point.throughput.value,
      low: point.throughput.low,
      high: point.throughput.high,
    });
    expect(stopsOf([threads!])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('draw the law that is held against them, and say where it does not fit', () => {
    const [threads] = seriesOfReport(report, 'speed-up');
    const law = drawnLaw(report.curves[0]!)!;
    expect(law.law).toBe('usl');
    expect(threads!.misfit).toBe(true);
    expect(threads!.curve!.at(-1)).toEqual({ x: 8, y: lawAt(law, 8) / report.curves[0]!.points[0]!.throughput.value });
  });

  test('stand under a ceiling that bends where the cores are used up', () => {
    expect(ceilingGuide({ cpus: 2, marks: [], explanation: '' }, 8).points).toEqual([
      { x: 1, y: 1 },
      { x: 2, y: 2 },
      { x: 8, y: 2 },
    ]);
    expect(ceilingGuide({ cpus: 0.5, marks: [], explanation: '' }, 4).points).toEqual([
      { x: 1, y: 1 },
      { x: 4, y: 1 },
    ]);
    expect(ceilingGuide({ cpus: null, marks: [], explanation: '' }, 4).points.at(-1)).toEqual({ x: 4, y: 4 });
    expect(axesOf([], [1, 2, 4], { measure: 'speed-up', atLeast: 2 }).y.max).toBeGreaterThanOrEqual(2);
  });
});
