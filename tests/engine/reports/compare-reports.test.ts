import { describe, expect, it } from 'vitest';
import type { ComparedFigure, LiveReport, Report, ReportComparison } from '../../../src/contract';
import { compareReports } from '../../../src/engine/reports/compare-reports';
import { summarize } from '../../../src/engine/reports/any-kind';
import { createRandom } from '../../../src/engine/statistics/random';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { makeReport } from '../../fixtures/report';

const compared = (...reports: Report[]): ReportComparison =>
  compareReports(reports.map((report) => ({ report, saved: { ...summarize(report), title: null, note: null } })));
const figure = ({ figures }: ReportComparison, of: string, name: string): ComparedFigure =>
  figures.find((one) => one.of === of && one.name === name)!;
const MAKESPAN = 'Makespan, median';

/** A comparison whose rounds of threads take `ms`, give or take `spread`, a share of it without a core. */
function rounds(
  ms: number,
  {
    spread = 0.02,
    seed = 1,
    count = 30,
    waited = null,
  }: { spread?: number; seed?: number; count?: number; waited?: number | null } = {},
): Report {
  const random = createRandom(seed);
  const makespanMs = Array.from({ length: count }, () => ms * (1 + spread * (random.below(2001) / 1000 - 1)));
  const report = makeCompareReport(NODE_SHAPES);
  const contenders = report.contenders.map((one) => {
    if (one.contender !== 'threads') return one;
    const zeros = makespanMs.map(() => 0);
    const queued = (time: number): number | null => (waited === null ? null : waited * time * one.workers);
    const table = {
      round: makespanMs.map((_, at) => at),
      makespanMs,
      cpuMs: zeros.map(() => null),
      offThreadCpuMs: zeros.map(() => null),
      runQueueMs: makespanMs.map(queued),
      deaths: zeros,
    };
    return { ...one, makespanMs: { value: ms, low: ms, high: ms }, runQueueMs: queued(ms), rounds: table };
  });
  return { ...report, contenders };
}

describe('comparisons side by side', () => {
  it('tell a difference that is there, with an interval that holds it', () => {
    const change = figure(compared(rounds(100), rounds(120, { seed: 2 })), 'threads', MAKESPAN).changes[1]!;
    expect(change).toMatchObject({ verdict: 'higher' });
    expect(change.interval!.low).toBeGreaterThan(1.15);
    expect(change.interval!.high).toBeLessThan(1.25);
    expect(change.ratio).toBeCloseTo(1.2, 1);
  });

  it('show none between equals, more than 95 times in 100', () => {
    let told = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { verdict } = figure(
        compared(rounds(100, { seed: 2 * seed }), rounds(100, { seed: 2 * seed + 1 })),
        'threads',
        MAKESPAN,
      ).changes[1]!;
      if (verdict !== 'no-difference') told++;
    }
    expect(told).toBeLessThanOrEqual(5);
  });

  it('call nothing that differs from one run to the next of the same program', () => {
    const verdictAt = (ms: number) =>
      figure(compared(rounds(100), rounds(ms, { seed: 2 })), 'threads', MAKESPAN).changes[1]?.verdict;
    expect([verdictAt(103), verdictAt(97), verdictAt(110), verdictAt(90)]).toEqual([
      'no-difference',
      'no-difference',
      'higher',
      'lower',
    ]);
  });

  it('call nothing where others had the cores in one of them, and show how long both were without one', () => {
    const both = compared(rounds(100, { waited: 0 }), rounds(150, { seed: 2, waited: 0.33 }));
    expect(figure(both, 'threads', MAKESPAN).changes[1]).toMatchObject({ verdict: 'unlike-load' });
    expect(figure(both, 'threads', 'Waiting for a core')).toMatchObject({
      unit: 'share',
      values: [0, expect.closeTo(0.33)],
    });
  });

  it('call nothing that the time without a core explains, and what it does not', () => {
    const verdictAt = (ms: number, waited: number) =>
      figure(compared(rounds(100, { waited: 0.02 }), rounds(ms, { seed: 2, waited })), 'threads', MAKESPAN).changes[1]
        ?.verdict;
    expect(verdictAt(109, 0.1)).toBe('no-difference');
    expect(verdictAt(130, 0.1)).toBe('higher');
    // Faster, and less of it without a core: of both no more is left.
    expect(verdictAt(70, 0.02)).toBe('lower');
  });

  it('ask for more where workers waited for most of the time', () => {
    const verdictAt = (ms: number, waited: number) =>
      figure(compared(rounds(100, { waited }), rounds(ms, { seed: 2, waited })), 'threads', MAKESPAN).changes[1]
        ?.verdict;
    expect([verdictAt(115, 0), verdictAt(115, 0.8), verdictAt(140, 0.8)]).toEqual([
      'higher',
      'no-difference',
      'higher',
    ]);
  });

  it('call nothing of fewer than eight rounds', () => {
    expect(
      figure(compared(rounds(100, { count: 7 }), rounds(200, { count: 7 })), 'threads', MAKESPAN).changes[1],
    ).toMatchObject({ verdict: 'not-shown' });
  });

  it('say of figures without raw values how they compare, and no more', () => {
    expect(figure(compared(rounds(100), rounds(100)), 'threads', 'Start-up of a worker').changes[1]).toEqual({
      ratio: 1,
      interval: null,
      verdict: 'not-shown',
    });
  });

  it('hold what one of them alone has', () => {
    const few = makeCompareReport(NODE_SHAPES.slice(0, 2));
    const { values, changes } = figure(compared(makeCompareReport(NODE_SHAPES), few), 'processes', MAKESPAN);
    expect(values[0]).toBeGreaterThan(0);
    expect([values[1], changes[1]]).toEqual([null, null]);
    expect(figure(compared(few, makeCompareReport(NODE_SHAPES)), 'processes', MAKESPAN).values[0]).toBeNull();
  });
});

describe('live runs side by side', () => {
  const run = (seed: number, taskMs = 40) => makeReport({}, { seed, taskMs });

  it('are compared by what they did in each second', () => {
    const name = 'Throughput of a second, median';
    expect(figure(compared(run(1), run(2, 60)), 'threads', name).changes[1]).toMatchObject({ verdict: 'lower' });
    expect(figure(compared(run(1), run(2)), 'threads', name).changes[1]).toMatchObject({ verdict: 'no-difference' });
  });

  it('have no such figure where workers changed or the run was short', () => {
    const names = (report: Report): string[] => compared(report, report).figures.map((one) => one.name);
    expect(names({ ...run(1), resizes: [{ atMs: 1000, executor: 'threads', from: 1, to: 6 }] })).not.toContain(
      'Throughput of a second, median',
    );
    expect(names(makeReport({}, { elapsedMs: 3000 }))).not.toContain('Throughput of a second, median');
    expect(names(makeReport({}, { elapsedMs: 3000 }))).toContain('Throughput over the run');
  });
});

describe('what makes a comparison mean little', () => {
  const base = makeReport();
  const about = (other: Report): string[] => compared(base, other).flags.map((flag) => flag.about);

  it('is nothing where reports are alike', () => {
    expect(about({ ...base, id: 'other', startedAt: '2027-01-01T00:00:00.000Z' })).toEqual([]);
  });

  it.each<[string, Report]>([
    ['machine', { ...base, machine: { ...base.machine, cpuModel: 'another' } }],
    ['machine', { ...base, machine: { ...base.machine, limits: { ...base.machine.limits, effectiveCpus: 2 } } }],
    ['versions', { ...base, machine: { ...base.machine, versions: { ...base.machine.versions, node: '20.0.0' } } }],
    ['versions', { ...base, machine: { ...base.machine, versions: { ...base.machine.versions, electron: '45.0.0' } } }],
    ['settings', { ...base, settings: { ...base.settings, size: 1 } }],
    ['settings', { ...base, settings: { ...base.settings, workloadSettings: { delayMs: 1 } } }],
    ['workload', { ...base, settings: { ...base.settings, workload: 'primes' } }],
    ['outcome', { ...base, outcome: 'cancelled' }],
  ])('is another %s', (what, other) => {
    expect(about(other)).toEqual([what]);
    expect(compared(base, other).flags[0]).toMatchObject({
      report: 1,
      message: expect.stringMatching(/\.$/) as string,
    });
  });

  it('is that threads were kept from the run before: their code was warm, and their start-up is compared with nobody’s', () => {
    const hosted = (reused: boolean): LiveReport => ({
      ...base,
      executors: base.executors.map((one) =>
        one.executor === 'threads'
          ? {
              ...one,
              threadHost: 'own-process',
              startUpMs: 30,
              workers: one.workers.map((worker, at) => ({ ...worker, ...(reused && at === 0 ? { reused } : {}) })),
            }
          : one,
      ),
    });
    const both = compared(hosted(false), hosted(true));
    expect(both.flags.map(({ message }) => message)).toEqual([
      'Where threads came from: kept from the run before, not started for this run.',
    ]);
    expect(figure(both, 'threads', 'Start-up of a worker').values).toEqual([30, null]);
    expect(compared(hosted(true), hosted(true)).flags).toEqual([]);
  });

  it('is another kind of experiment, of which figures by the same name stand side by side', () => {
    const both = compared(base, makeCompareReport(NODE_SHAPES));
    expect(both.flags.map((flag) => flag.about)).toContain('kind');
    expect(figure(both, 'threads', 'Start-up of a worker').values.every((value) => value !== null)).toBe(true);
  });

  it('says which of four reports it is', () => {
    const other = { ...base, settings: { ...base.settings, size: 1 } };
    expect(compared(base, base, other, base).flags.map(({ report }) => report)).toEqual([2]);
  });
});
