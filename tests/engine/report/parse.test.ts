import { describe, expect, it } from 'vitest';
import { CoreloomError, ERROR_CODES, type Report } from '../../../src/contract';
import { isSummary, parseReport, parseReportText, summarize } from '../../../src/engine/reports/any-kind';
import { makeBigReport, makeReport } from '../../fixtures/report';

/** The error that reading a changed report throws. */
function refusal(change: (report: Record<string, never>) => void): CoreloomError {
  const report = structuredClone(makeReport()) as unknown as Record<string, never>;
  change(report);
  try {
    parseReport(report);
  } catch (error) {
    if (error instanceof CoreloomError) return error;
    throw error;
  }
  throw new Error('the report was accepted');
}
const broken = (change: (report: Record<string, never>) => void): string => {
  const error = refusal(change);
  expect(error.code).toBe('report-broken');
  expect(error.message).toMatch(/^The report .*\.$/);
  return error.message;
};
/** Sets a field by its path, whatever its type. */
const set =
  (path: string, value: unknown) =>
  (report: unknown): void => {
    const keys = path.split('.');
    const last = keys.pop()!;
    const owner = keys.reduce((at, key) => (at as Record<string, unknown>)[key], report) as Record<string, unknown>;
    owner[last] = value;
  };

describe('reading a report', () => {
  it('accepts a realistic report unchanged', () => {
    const report = makeReport();
    expect(parseReport(report)).toEqual(report);
    expect(parseReportText(JSON.stringify(report))).toEqual(report);
  });

  it('accepts 64 cores and 128 workers', () => {
    const report = makeBigReport();
    expect(report.samples.cores).toHaveLength(64);
    expect(parseReport(report)).toEqual(report);
  });

  it('accepts "not available here" wherever the contract allows it', () => {
    const report = makeReport();
    const bare: Report = {
      ...report,
      samples: { ...report.samples, byExecutor: null },
      totals: { ...report.totals, cpuMs: null, coresBusy: null, running: null },
    };
    expect(parseReport(bare)).toEqual(bare);
  });

  it.each([
    ['totals.counts.done', -1],
    ['totals.throughputPerSecond', '12'],
    ['elapsedMs', Number.NaN],
    ['elapsedMs', Number.POSITIVE_INFINITY],
    ['elapsedMs', null],
    ['outcome', 'finished'],
    ['startedAt', 'yesterday'],
    ['machine.limits.effectiveCpus', undefined],
    ['samples.utilization.0.3', 350],
    ['tasks.checksum.2', 2 ** 32],
    ['extra', 1],
    ['machine.extra', 1],
  ])('names the place when %s is %s', (path, value) => {
    const place = path === 'extra' || path.endsWith('.extra') ? '"extra"' : path.replace(/\.(\d+)/g, '[$1]');
    expect(broken(set(path, value))).toContain(place);
  });

  it('says what is there, what should be, and how many more faults there are', () => {
    const said = (path: string, value: unknown): string =>
      broken(set(path, value)).replace('The report is broken at ', '');
    expect([
      said('totals.counts.done', -1),
      said('totals.counts.done', 1.5),
      said('elapsedMs', null),
      said('outcome', 'finished'),
      said('startedAt', 'yesterday'),
      said('tasks.checksum', 'x'),
      said('machine.limits.effectiveCpus', undefined),
      said('kind', 'poll'),
      said('failure', { code: 'worse', message: 7 }),
      said('settings.prepared', { server: true }),
    ]).toEqual([
      'totals.counts.done: it must be at least 0, and is -1.',
      'totals.counts.done: it must be a whole number, and is 1.5.',
      'elapsedMs: it must be a number, and is null.',
      'outcome: it must be one of completed, tasks-failed, cancelled, interrupted, failed, and is "finished".',
      'startedAt: it must be a time such as 2026-01-31T09:30:00.000Z, and is "yesterday".',
      'tasks.checksum: it must be a list, and is "x".',
      'machine.limits.effectiveCpus: it must be a number, and is missing.',
      'kind: it must be one of answer, live, compare, scale, lab, scorecard, and is "poll".',
      `failure.code: it must be one of ${String(ERROR_CODES.length)} known values, and is "worse" (the first of 2 faults).`,
      'settings.prepared.server: it must be text or a number, and is true.',
    ]);
    expect(broken(set('machine.extra', 1))).toBe('The report is broken at machine: unknown field "extra".');
  });

  it('refuses columns of unequal length and says which', () => {
    expect(broken(set('tasks.finishedMs', [1, 2]))).toMatch(/at tasks\.finishedMs: holds 2 values where \d+ belong/);
    expect(broken(set('samples.utilization.2', []))).toContain('at samples.utilization[2]: holds 0 values');
    expect(broken(set('samples.byExecutor.threads', []))).toContain('at samples.byExecutor.threads');
    expect(broken(set('samples.throughput.processes', [1]))).toContain('at samples.throughput.processes');
  });

  it('refuses an index that points beyond its list', () => {
    expect(broken(set('tasks.executor.5', 9))).toContain('at tasks.executor[5]');
  });

  it('refuses a done task without a checksum', () => {
    expect(broken(set('tasks.checksum.1', null))).toContain('at tasks.checksum[1]');
  });

  it('refuses a thinning that kept more than there was', () => {
    expect(broken(set('thinned.lines.kept', 3))).toContain('at thinned.lines.kept');
  });

  it('says that a report with a higher version was written by a newer Coreloom', () => {
    expect(broken(set('schemaVersion', 4))).toMatch(/written by a newer Coreloom/);
    expect(broken(set('schemaVersion', 0))).toContain('at schemaVersion');
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'report'],
    ['a number', 7],
  ])('refuses %s', (_, value) => {
    expect(() => parseReport(value)).toThrow(expect.objectContaining({ code: 'report-broken' }) as Error);
  });

  it('refuses text that is not valid JSON', () => {
    const text = JSON.stringify(makeReport());
    for (const part of ['', '{', text.slice(0, text.length / 2), `${text}}`]) {
      expect(() => parseReportText(part)).toThrow(/not valid JSON/);
    }
  });

  it('is not harmed by __proto__ keys', () => {
    const text = JSON.stringify(makeReport()).replace('{', '{"__proto__":{"polluted":true},');
    try {
      expect(Object.getPrototypeOf(parseReportText(text))).toBe(Object.prototype);
    } catch (error) {
      expect(error).toMatchObject({ code: 'report-broken' });
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is not harmed by very deep nesting', () => {
    const depth = 200_000;
    const text = `{"schemaVersion":1,"id":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(() => parseReportText(text)).toThrow(CoreloomError);
  });

  it('summarizes a report for the history', () => {
    const report = makeReport();
    const summary = summarize(report);
    expect(summary).toMatchObject({
      id: report.id,
      subject: 'sha256',
      workers: { threads: { fewest: 6, most: 6 }, processes: { fewest: 4, most: 4 } },
      outcome: 'completed',
    });
    const resizes = [{ atMs: 1, executor: 'threads' as const, from: 6, to: 1 }];
    expect(summarize({ ...report, resizes }).workers).toEqual({
      threads: { fewest: 1, most: 6 },
      processes: { fewest: 4, most: 4 },
    });
    expect(isSummary(summary)).toBe(true);
    expect(isSummary({ ...summary, elapsedMs: 'long' })).toBe(false);
  });
});
