import { describe, expect, it } from 'vitest';
import type { LabReport, LiveReport, Report, ScaleReport } from '../../../src/contract';
import { parseReport, parseReportText } from '../../../src/engine/reports/any-kind';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { race } from '../../fixtures/evidence';
import { makeReport } from '../../fixtures/report';
import { makeScaleReport } from '../../fixtures/scale-report';
import { makeScorecardReport } from '../../fixtures/scorecard-report';

const LINE = [{ executor: 'threads' as const, throughput: (workers: number) => 100 * workers }];

/** What versions before 3 did not measure. */
const LATER = new Set(['offThreadCpuMs', 'coresOffThread']);
const withoutLater = (key: string, value: unknown): unknown => (LATER.has(key) ? undefined : value);

/** As version 1 wrote it, when scaling and races had repetitions. */
function first(report: Report): unknown {
  const old = { ...report, schemaVersion: 1 };
  if (report.kind === 'scale') return { ...old, ...firstScale(report) };
  if (report.kind === 'lab') return { ...old, ...firstLab(report) };
  if (report.kind === 'live') return { ...old, samples: uncompared(report) };
  return report.kind === 'scorecard' ? { ...old, evidence: report.evidence.map(first) } : old;
}

/** Before systeminformation was held against the samples. */
function uncompared({ samples }: LiveReport): object {
  return { ...samples, crossCheck: { atMs: samples.crossCheck.atMs, utilization: samples.crossCheck.utilization } };
}

/** What a report of then cannot hold. */
function unmeasured(report: Report): Report {
  return report.kind === 'live'
    ? { ...report, samples: { ...report.samples, crossCheck: { ...report.samples.crossCheck, cores: null } } }
    : report;
}

function firstScale({ settings, ended, roundCount, curves }: ScaleReport): object {
  const { rounds: wanted, ...others } = settings;
  return {
    settings: { ...others, repetitions: wanted },
    ended: ended.replace('rounds-', 'repetitions-').replace('round-', 'repetition-'),
    roundCount: undefined,
    repetitionCount: roundCount,
    curves: curves.map((curve) => ({
      ...curve,
      points: curve.points.map(({ rounds: { round, ...columns }, ...point }) => ({
        ...point,
        repetitions: { repetition: round, ...columns },
      })),
    })),
  };
}

function firstLab(report: LabReport): object {
  return report.lab === 'race'
    ? { rows: report.rows.map(({ rounds, ...row }) => ({ ...row, repetitions: rounds })) }
    : {};
}

describe('a report of version 1', () => {
  it.each([
    ['a live run', makeReport()],
    ['a comparison', makeCompareReport(NODE_SHAPES)],
    ['scaling to the end', makeScaleReport(LINE, { cores: 2, most: 4 })],
    ['scaling for so many rounds', { ...makeScaleReport(LINE, { cores: 2, most: 4 }), ended: 'rounds-done' }],
    ['scaling to its limit', { ...makeScaleReport(LINE, { cores: 2, most: 4 }), ended: 'round-limit' }],
    ['a race', race([['threads', 'unlocked', 'lost']])],
    ['a scorecard', makeScorecardReport()],
  ] as [string, Report][])('of %s is read as one of today', (_, report) => {
    expect(parseReportText(JSON.stringify(first(report), withoutLater))).toEqual(
      JSON.parse(JSON.stringify(unmeasured(report))),
    );
  });

  it('is refused as ever where it is broken', () => {
    const scale = first(makeScaleReport(LINE, { cores: 2, most: 4 })) as object;
    for (const broken of [
      { curves: 7 },
      { curves: [null] },
      { curves: [{ points: [{ repetitions: 3 }] }] },
      { settings: null },
      { ended: 4 },
    ]) {
      expect(() => parseReport({ ...scale, ...broken })).toThrow(/^The report is broken at /);
    }
    expect(() => parseReport({ schemaVersion: 1, kind: 'scorecard', evidence: 'none' })).toThrow(
      /^The report is broken/,
    );
  });
});

describe('a report of version 2', () => {
  const second = (report: Report, changes: object): Report => parseReport({ ...report, schemaVersion: 2, ...changes });
  const failed = { totals: { ...makeReport().totals, counts: { done: 2, failed: 98, retried: 0, cancelled: 0 } } };

  it('that was completed with failed tasks says so', () => {
    expect(second(makeReport(), failed).outcome).toBe('tasks-failed');
    expect(
      second(makeReport(), { totals: { ...failed.totals, counts: { ...failed.totals.counts, failed: 0 } } }).outcome,
    ).toBe('completed');
    expect(second(makeReport(), { ...failed, outcome: 'cancelled' }).outcome).toBe('cancelled');
  });

  it('that had failed because its process ended was interrupted', () => {
    const failure = { code: 'interrupted', message: 'Coreloom ended in the middle.' };
    expect(second(makeScorecardReport(), { outcome: 'failed', failure })).toMatchObject({
      outcome: 'interrupted',
      failure,
    });
    expect(second(makeReport(), { outcome: 'failed', failure: { ...failure, code: 'internal' } }).outcome).toBe(
      'failed',
    );
  });

  it.each([
    ['a live run', makeReport(), 'executors'],
    ['a comparison', makeCompareReport(NODE_SHAPES), 'contenders'],
    ['scaling', makeScaleReport(LINE, { cores: 2, most: 4 }), 'curves'],
  ] as const)('of %s may not have told where threads were, and is believed where it did', (_, report, list) => {
    const all = (report as unknown as Record<string, { threadHost: unknown }[]>)[list] ?? [];
    const read = (change: (one: { threadHost: unknown }) => object): unknown[] =>
      (second(report, { [list]: all.map(change) }) as unknown as Record<string, { threadHost: unknown }[]>)[list]!.map(
        ({ threadHost }) => threadHost,
      );
    expect(read(({ threadHost: _, ...one }) => one)).toEqual(all.map(() => null));
    expect(read((one) => ({ ...one, threadHost: 'own-process' }))).toEqual(all.map(() => 'own-process'));
  });

  it('did not tell where its workers’ time went', () => {
    const { executors, ...report } = makeReport();
    const before = executors.map(({ shares: _, ...executor }) => executor);
    const read = second(report as Report, { executors: before });
    expect(read.kind === 'live' && read.executors.every(({ shares }) => shares === null)).toBe(true);
  });
});
