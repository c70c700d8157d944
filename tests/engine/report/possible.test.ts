import { describe, expect, it } from 'vitest';
import type { CompareReport, ContenderReport, LiveReport, Report, ScaleReport } from '../../../src/contract';
import { judgedReport } from '../../../src/engine/kinds/compare/build-report';
import { fitReport } from '../../../src/engine/kinds/scale/build-report';
import {
  believable,
  impossibilities,
  parseReport,
  parseUntrustedReport,
  reportJson,
} from '../../../src/engine/reports/any-kind';
import { createHistogram } from '../../../src/engine/statistics/histogram';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { race } from '../../fixtures/evidence';
import { makeReport } from '../../fixtures/report';
import { makeScaleReport, SCALE_SHAPES } from '../../fixtures/scale-report';
import { makeScorecardReport } from '../../fixtures/scorecard-report';
import { seededRandom } from '../../support/random';

const compared = makeCompareReport(NODE_SHAPES);
const scaled = makeScaleReport(SCALE_SHAPES);
const lived = makeReport({}, { cores: 2, workers: { threads: 2 }, elapsedMs: 4_000 });

const codes = (report: Report): string[] => [...new Set(impossibilities(report).map(({ code }) => code))];
const contending = (change: Partial<ContenderReport>): CompareReport => ({
  ...compared,
  contenders: compared.contenders.map((one, at) => (at === 1 ? { ...one, ...change } : one)),
});
const pointing = (change: Partial<ScaleReport['curves'][number]['points'][number]>, report = scaled): ScaleReport => ({
  ...report,
  curves: report.curves.map((curve, at) =>
    at > 0
      ? curve
      : { ...curve, points: curve.points.map((point, index) => (index === 1 ? { ...point, ...change } : point)) },
  ),
});
const quota = (report: ScaleReport, quotaCpus: number): ScaleReport => ({
  ...report,
  machine: { ...report.machine, limits: { ...report.machine.limits, quotaCpus, effectiveCpus: quotaCpus } },
});
const LATENCY = { count: 200, minMs: 1, meanMs: 2, p50Ms: 2, p95Ms: 3, p99Ms: 4, maxMs: 5 };

describe('what can be', () => {
  it.each([
    ['a comparison', compared],
    ['scaling', scaled],
    ['a live run', lived],
    ['a lab', race([['threads', 'unlocked', 'lost']])],
    ['a scorecard', makeScorecardReport()],
  ] as [string, Report][])('leaves %s as it is', (_, report) => {
    expect(impossibilities(report)).toEqual([]);
    expect(believable(report)).toBe(report);
  });

  it('holds for latencies as they are summed up, whatever they are', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const histogram = createHistogram();
      const values = Array.from({ length: 1 + Math.floor(random() * 300) }, () => 10 ** (random() * 9 - 4));
      for (const ms of values) histogram.record(ms);
      expect(
        codes({ ...lived, totals: { ...lived.totals, running: histogram.summary() } }),
        `seed ${String(seed)}`,
      ).toEqual([]);
    }
  });

  it('holds for comparisons and curves as they are judged, of rounds that the machine can give', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seededRandom(seed);
      const noisy = (value: number): number => value * (1 + random() * random());
      const contenders = compared.contenders.map((one) => ({
        ...one,
        rounds: { ...one.rounds, makespanMs: one.rounds.makespanMs.map(noisy) },
      }));
      const judged = judgedReport({ ...compared, contenders });
      expect(
        judged.warnings.filter((warning) => !warning.includes('impossible-efficiency')),
        `seed ${String(seed)}`,
      ).toEqual([]);
      expect(codes(judged)).toEqual([]);
    }
    expect(codes(await fitReport({ ...scaled, curves: scaled.curves.slice(0, 1) }))).toEqual([]);
  });

  it('lets workers keep more cores busy than they are, off their own threads', () => {
    expect(codes(pointing({ coresBusy: 3.5, coresOffThread: 2 }))).toEqual([]);
    expect(codes(pointing({ coresBusy: 3.5, coresOffThread: null }))).toEqual(['impossible-cores-busy']);
  });
});

describe('what cannot be', () => {
  it.each([
    ['efficiency beyond its interval', 'impossible-efficiency', contending({ efficiency: 2.58 })],
    ['efficiency of a point', 'impossible-efficiency', pointing({ efficiency: 1.2 })],
    ['more cores busy than workers', 'impossible-cores-busy', contending({ coresBusy: 3 })],
    [
      'more cores busy than the quota grants',
      'impossible-cores-busy',
      quota(
        pointing(
          { coresBusy: 0.9 },
          makeScaleReport([{ executor: 'threads', throughput: () => 100, coresBusy: () => 0.5 }], {
            cores: 2,
            most: 4,
          }),
        ),
        0.5,
      ),
    ],
    [
      'more cores busy in a round than workers',
      'impossible-cores-busy',
      pointing({ rounds: { ...scaled.curves[0]!.points[1]!.rounds, coresBusy: [2, 2, 7, 2, 2, 2, 2, 2] } }),
    ],
    [
      'more cores busy than workers and what was off their threads',
      'impossible-cores-busy',
      contending({ coresBusy: 5.5, cpuMs: 100, offThreadCpuMs: 10 }),
    ],
    [
      'cores busy of a short run',
      'impossible-cores-busy',
      { ...lived, elapsedMs: 9.5, totals: { ...lived.totals, coresBusy: 9.11 } } satisfies LiveReport,
    ],
    ['a p50 above the p95', 'impossible-percentiles', contending({ running: { ...LATENCY, p50Ms: 3.5 } })],
    ['a p99 above the maximum', 'impossible-percentiles', pointing({ running: { ...LATENCY, p99Ms: 6 } })],
    ['a mean below the minimum', 'impossible-percentiles', contending({ waiting: { ...LATENCY, meanMs: 0.5 } })],
    [
      'a value outside of its interval',
      'impossible-interval',
      contending({ makespanMs: { value: 9, low: 10, high: 11 } }),
    ],
    [
      'a part beyond the whole',
      'impossible-parts',
      contending({ parts: { ...compared.contenders[1]!.parts!, spawnMs: 900 } }),
    ],
    [
      'a mean life beyond the longest',
      'impossible-parts',
      contending({ lives: { count: 3, shortestMs: 1, longestMs: 2 } }),
    ],
    [
      'proportional memory above resident',
      'impossible-parts',
      contending({ memory: { residentBytes: 5e6, proportionalBytes: 6e6 } }),
    ],
    ['a share above 1 in evidence', 'impossible-share', { ...makeScorecardReport(), evidence: [raceLosing(1.5)] }],
  ] as [string, string, Report][])('%s is null, and told by its code', (_, code, report) => {
    expect(codes(report)).toEqual([code]);
    const told = believable(report);
    expect(impossibilities(told)).toEqual([]);
    expect(told.warnings.filter((warning) => warning.includes(`(${code})`)).length).toBeGreaterThan(0);
    expect(believable(told)).toBe(told);
    expect(parseReport(JSON.parse(reportJson(told)))).toEqual(told);
  });

  it('says whose it was and what', () => {
    expect(believable(contending({ coresBusy: 3 })).warnings).toEqual([
      'Impossible value removed (impossible-cores-busy): threads, 2 workers: 3.00 cores busy is more than 2 workers can keep on 2 cores.',
    ]);
  });

  it('is one warning where there are many of one worker count', () => {
    const table = scaled.curves[0]!.points[1]!.rounds;
    expect(believable(pointing({ rounds: { ...table, coresBusy: table.coresBusy.map(() => 7) } })).warnings).toEqual([
      'Impossible value removed (impossible-cores-busy): threads, 2 workers: 7.00 cores busy is more than 2 workers can keep on 16 cores, and 7 more values of this kind.',
    ]);
  });

  it('of a report that is imported is told and not trusted', () => {
    const read = parseUntrustedReport(JSON.stringify(contending({ efficiency: 2.58 }))) as CompareReport;
    expect(read.contenders[1]?.efficiency).toBeNull();
    expect(read.warnings.join()).toContain('efficiency of 258 % is more than the cores allow');
  });

  it('keeps what a report cannot be without, and says that it is to be disregarded', () => {
    const told = believable(pointing({ throughput: { value: 1, low: 2, high: 3 } }));
    expect(told.curves[0]?.points[1]?.throughput.value).toBe(1);
    expect(told.warnings.join()).toMatch(/to be ignored \(impossible-interval\)/);
    expect(believable(told).warnings).toEqual(told.warnings);
  });

  it('is not an efficiency that its own interval allows, nor one that lies within what stable medians may be off', () => {
    expect(
      codes(contending({ efficiency: 1.15, speedUp: { value: 2.3, low: 2.1, high: 2.5, against: 'sequential' } })),
    ).toEqual([]);
    expect(
      codes(contending({ efficiency: 1.04, speedUp: { value: 2.08, low: 2.08, high: 2.08, against: 'sequential' } })),
    ).toEqual([]);
  });

  it('is refused before a sentence is made of it', () => {
    const judged = judgedReport(contending({ coresBusy: 9.11 }));
    expect(judged.finding).not.toContain('9.11');
    expect(judged.contenders[1]?.coresBusy).toBeNull();
  });
});

function raceLosing(share: number) {
  const lab = race([['threads', 'unlocked', 'lost']]);
  return {
    ...lab,
    rows:
      'rows' in lab
        ? lab.rows.map((row) =>
            'lostShare' in row
              ? { ...row, lostShare: { value: share, low: share, high: share, values: [share] } }
              : row,
          )
        : [],
  };
}
