import { describe, expect, test } from 'vitest';
import { stopsOf } from '../../../src/renderer/src/charts/plot-scale';
import { axesOf, ceilingGuide, drawnLaw, lawAt, seriesOfReport } from '../../../src/renderer/src/charts/scale-series';
import { drawScaleReport } from '../fake/experiments/scale-report';

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
