import { describe, expect, it } from 'vitest';
import { parseReport, parseReportText, renderText, summarize } from '../../../src/engine/reports/any-kind';
import { HOSTILE } from '../../fixtures/hostile-report';
import { makeScaleReport, SCALE_SHAPES } from '../../fixtures/scale-report';

const report = makeScaleReport(SCALE_SHAPES);
const NO_VALUE = /NaN|undefined|Infinity|\[object/;

describe('the report of a scaling experiment', () => {
  it('survives being written and read', () => {
    expect(parseReportText(renderText(report, 'json').content)).toEqual(report);
  });

  it('is refused with its fault where it is broken', () => {
    const [curve, ...others] = report.curves;
    if (!curve) throw new Error('A curve was expected.');
    const [point, ...points] = curve.points;
    const broken = { ...curve, points: [{ ...point, rounds: { ...point?.rounds, place: [] } }, ...points] };
    expect(() => parseReport({ ...report, curves: [broken, ...others] })).toThrow(
      /curves\[0\]\.points\[0\]\.rounds: its columns are not equally long/,
    );
    expect(() => parseReport({ ...report, curves: [{ ...curve, points }, ...others] })).toThrow(
      /curves\[0\]: a law has not one residual for each point/,
    );
  });

  it('is a line of the history', () => {
    expect(summarize(report)).toMatchObject({
      kind: 'scale',
      subject: 'sha256',
      workers: {
        threads: { fewest: 1, most: 16 },
        processes: { fewest: 1, most: 16 },
        'python-threads': { fewest: 1, most: 16 },
      },
      throughputPerSecond: null,
    });
  });

  it('is drawn as Markdown: finding, each executor worker by worker, and the laws with what they are off by', () => {
    const { content: text } = renderText(report, 'markdown');
    expect(text).toMatch(/^# SHA-256: 1 to 16 threads, processes, Python threads/);
    for (const part of [
      '## Threads, by number of workers',
      '## The laws',
      'This law does not fit',
      '0.0300 \\[0.0294, 0.0306\\]',
      '## Machine',
      '(recommended)',
    ])
      expect(text).toContain(part);
  });

  it('is drawn as one page with its picture, read aloud too, whatever it holds', () => {
    const { content: text } = renderText(
      { ...report, finding: HOSTILE, ceiling: { ...report.ceiling, explanation: HOSTILE } },
      'html',
    );
    expect(text).toContain('<h2>Speed-up by workers</h2>');
    expect(text).toMatch(/<desc>threads, by workers: 1: 1\.00 ×, 2: 1\.97 ×/);
    expect(text).toMatch(/class="ceiling"/);
    expect(text).not.toContain('<script');
    expect(text).not.toMatch(NO_VALUE);
  });

  it('has no ceiling where tasks wait', () => {
    const { content: text } = renderText(makeScaleReport(SCALE_SHAPES, { waits: true }), 'html');
    expect(text).not.toContain('class="ceiling"');
    expect(text).toContain('cores set no ceiling');
  });

  it('is drawn where nothing, one count, or none with one worker was measured', () => {
    const [curve] = report.curves;
    if (!curve) throw new Error('A curve was expected.');
    const reports = [
      makeScaleReport([], { outcome: 'failed', failure: { code: 'internal', message: 'It broke.' } }),
      makeScaleReport(SCALE_SHAPES, { curves: [{ ...curve, points: [], fits: [], recommendation: null }] }),
      makeScaleReport(SCALE_SHAPES, {
        most: 1,
        curves: [{ ...curve, points: curve.points.slice(0, 1), fits: [], recommendation: null }],
      }),
      makeScaleReport(SCALE_SHAPES, {
        curves: [
          {
            ...curve,
            points: curve.points.slice(1, 3).map((point) => ({ ...point, speedUp: null })),
            fits: [],
            recommendation: null,
          },
        ],
      }),
    ];
    for (const one of reports)
      for (const format of ['html', 'markdown', 'csv-tasks', 'csv-samples', 'json'] as const)
        expect(renderText(one, format).content).not.toMatch(NO_VALUE);
  });

  it('is a table of rounds and a table of worker counts as CSV', () => {
    const rounds = renderText(report, 'csv-tasks').content.split('\r\n');
    expect(rounds[0]).toBe(
      'round,executor,workers,place_in_round,tasks_per_s,window_ms,tasks,cores_busy,cores_off_thread,cores_waited_for,deaths',
    );
    expect(rounds[1]).toBe('0,threads,1,1,210,200,100,1,,0,0');
    expect(rounds).toHaveLength(1 + 3 * 16 * 8 + 1);
    const counts = renderText(report, 'csv-samples').content.split('\r\n');
    expect(counts[0]).toMatch(
      /^executor,thread_host,workers,rounds,tasks_per_s,tasks_per_s_low,tasks_per_s_high,speed_up/,
    );
    expect(counts).toHaveLength(1 + 3 * 16 + 1);
  });
});
