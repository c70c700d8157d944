import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseReport, parseReportText, renderText, summarize } from '../../../src/engine/reports/any-kind';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';

const report = makeCompareReport(NODE_SHAPES);

describe('the report of a comparison', () => {
  it('survives being written and read', () => {
    expect(parseReportText(renderText(report, 'json').content)).toEqual(report);
  });

  it('is refused with its fault where it is broken', () => {
    const [first, ...others] = report.contenders;
    expect(() =>
      parseReport({ ...report, contenders: [{ ...first, rounds: { ...first!.rounds, deaths: [] } }, ...others] }),
    ).toThrow(/contenders\[0\]\.rounds: its columns are not equally long/);
    expect(() => parseReport({ ...report, ended: 'never' })).toThrow(
      expect.objectContaining({ code: 'report-broken' }),
    );
    expect(() => parseReport({ ...report, kind: 'race' })).toThrow(expect.objectContaining({ code: 'report-broken' }));
  });

  it('is a line of the history', () => {
    expect(summarize(report)).toMatchObject({
      kind: 'compare',
      subject: 'sha256',
      workers: {
        sequential: { fewest: 1, most: 1 },
        threads: { fewest: 2, most: 2 },
        processes: { fewest: 2, most: 2 },
      },
      throughputPerSecond: null,
    });
  });

  it('is drawn as Markdown: finding, contenders, pairs and where the time went', () => {
    const { content: text } = renderText(report, 'markdown');
    expect(text).toMatch(/^# SHA-256: sequential, threads, processes/);
    for (const part of [
      '1.95 × \\[1.91, 1.99\\]',
      '## Pair by pair',
      'not told apart',
      '## Where the time went',
      '## Outliers',
      '## Machine',
    ])
      expect(text).toContain(part);
  });

  it('says by which interval a difference is called, and when ratios are settled', () => {
    const { content: text } = renderText(report, 'markdown');
    expect(text).toContain('| takes | 98.3 % interval | rounds | verdict |');
    expect(text).toContain(
      'A difference is called if the 98.3 % interval excludes 1; together, these intervals of all pairs hold in 95 % of comparisons.',
    );
    expect(text).toContain(
      'until every ratio is settled: its 95 % interval is within 2.5 %, or within 15 % of a difference that was called, but at most 5 %',
    );
    expect(text).toContain('until every ratio was settled');
    const [older] = ['tests/fixtures/reports/version-2/compare.json'].map((file) =>
      renderText(parseReportText(readFileSync(file, 'utf8')), 'markdown'),
    );
    expect(older?.content).toContain('| takes | 99 % interval | rounds | verdict |');
    expect(older?.content).toContain('A difference is called if the 99 % interval excludes 1.');
    expect(older?.content).not.toContain('settled');
  });

  it('has no interval where rounds are too few, and no ratio where none is claimed', () => {
    const [first, ...others] = report.differences;
    const none = { low: null, high: null };
    const few = first && {
      ...first,
      ratio: { ...first.ratio, ...none },
      callLow: null,
      callHigh: null,
      verdict: 'too-few-rounds' as const,
    };
    const contenders = report.contenders.map((one) => ({
      ...one,
      speedUp: one.speedUp && { ...one.speedUp, ...none },
    }));
    const { content: text } = renderText({ ...report, contenders, differences: few ? [few] : [] }, 'markdown');
    expect(text).toContain('| threads | sequential | 0.512 × | – | 12 | too few rounds for a result |');
    expect(text).toContain('too few rounds for an interval, compared with sequential');
    const unsteady = { ...report, differences: [{ ...first!, verdict: 'unsteady' as const }, ...others] };
    expect(renderText(unsteady, 'markdown').content).toContain(
      '| threads | sequential | – | – | 12 | no result: speeds changed meanwhile |',
    );
  });

  it('says an interval with each part of the time, and keeps every life', () => {
    expect(renderText(report, 'markdown').content).toMatch(/\| Start-up \| 50 ms \\\[28, 72\\\] \(11 % of the whole\)/);
    const [first, ...others] = report.contenders;
    expect(() =>
      parseReport({ ...report, contenders: [{ ...first, lives: { ...first?.lives, count: 4 } }, ...others] }),
    ).toThrow(/contenders\[0\]\.lives: it does not tell of each life/);
    const { lives, ...before } = first ?? {};
    expect(lives?.each?.spawnMs).toEqual([45, 45, 60]);
    expect(
      parseReport({
        ...report,
        contenders: [{ ...before, lives: { count: 3, shortestMs: 1, longestMs: 2 } }, ...others],
      }),
    ).toMatchObject({ kind: 'compare' });
  });

  it('is drawn as one page with its pictures, whatever it holds', () => {
    const { content: text } = renderText({ ...report, finding: '<script>alert(1)</script>' }, 'html');
    expect(text).toContain('<h2>Rounds</h2>');
    expect(text).toContain('<h2>Where the time went</h2>');
    expect(text).not.toContain('<script');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    const nothing = makeCompareReport([], { outcome: 'failed', failure: { code: 'internal', message: 'It broke.' } });
    expect(renderText(nothing, 'html').content).not.toMatch(/NaN|undefined|Infinity/);
    expect(renderText(nothing, 'markdown').content).toContain('It broke.');
  });

  it('is a table of rounds and a table of contenders as CSV', () => {
    const rounds = renderText(report, 'csv-tasks').content.split('\r\n');
    expect(rounds[0]).toBe('round,contender,place_in_round,makespan_ms,cpu_ms,off_thread_cpu_ms,run_queue_ms,deaths');
    expect(rounds[1]).toBe('0,sequential,1,400,400,,0,0');
    expect(rounds[2]).toBe('1,sequential,3,400,400,,0,0');
    expect(rounds).toHaveLength(1 + 3 * 12 + 1);
    const contenders = renderText(report, 'csv-samples').content.split('\r\n');
    expect(contenders[0]).toMatch(/^contender,thread_host,workers,rounds,makespan_median_ms,makespan_median_ms_low/);
    expect(contenders).toHaveLength(5);
    const [head = [], first = []] = contenders.map((line) => line.split(','));
    const cell = (name: string) => first[head.indexOf(name)];
    expect(['lives', 'spawn_ms', 'teardown_ms', 'teardown_ms_low', 'teardown_ms_high'].map(cell)).toEqual([
      '3',
      '50',
      '10',
      '10',
      '10',
    ]);
    expect(Number(cell('spawn_ms_low'))).toBeLessThan(50);
    expect(['core_0_busy_share_of_core', 'core_1_busy_share_of_core'].map(cell)).toEqual(
      report.contenders[0]?.cores?.busy.map(String),
    );
  });
});
