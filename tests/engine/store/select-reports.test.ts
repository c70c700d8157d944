import { describe, expect, it } from 'vitest';
import type { ReportQuery, SavedReport } from '../../../src/contract';
import { selectReports } from '../../../src/engine/store';

const saved = (id: string, change: Partial<SavedReport> = {}): SavedReport => ({
  id,
  kind: 'live',
  startedAt: '2026-01-01T00:00:00.000Z',
  outcome: 'completed',
  subject: 'sha256',
  workers: { threads: { fewest: 1, most: 2 } },
  elapsedMs: 1000,
  throughputPerSecond: 10,
  finding: 'Threads are fast.',
  title: null,
  note: null,
  ...change,
});
const all = {
  reports: [
    saved('new', {
      startedAt: '2026-03-01T00:00:00.000Z',
      title: 'Zebra',
      throughputPerSecond: null,
      kind: 'compare',
      workers: { processes: { fewest: 4, most: 4 } },
    }),
    saved('middle', { startedAt: '2026-02-01T00:00:00.000Z', elapsedMs: 3000, note: 'on battery', outcome: 'failed' }),
    saved('old', { subject: 'primes', throughputPerSecond: 99, title: 'apple' }),
  ],
  broken: [{ file: 'x.json', message: 'It is broken.' }],
};
const ids = (query: ReportQuery): string[] => selectReports(all, query).reports.map(({ id }) => id);

describe('a part of the saved reports', () => {
  it('is the newest first where nothing is asked for, with what is broken', () => {
    expect(ids({})).toEqual(['new', 'middle', 'old']);
    expect(selectReports(all, {})).toMatchObject({ found: 3, saved: 3, broken: all.broken });
  });

  it.each<[string, string[]]>([
    ['battery', ['middle']],
    ['SHA256', ['new', 'middle']],
    ['threads fast', ['new', 'middle', 'old']],
    ['processes', ['new']],
    ['2026-02-01', ['middle']],
    ['zebra compare', ['new']],
    ['zebra live', []],
    ['  ', ['new', 'middle', 'old']],
  ])('holds every word of %j', (search, wanted) => {
    expect(ids({ search })).toEqual(wanted);
  });

  it('is sorted either way, what has no value last', () => {
    expect(ids({ sort: 'started', order: 'ascending' })).toEqual(['old', 'middle', 'new']);
    expect(ids({ sort: 'throughput' })).toEqual(['old', 'middle', 'new']);
    expect(ids({ sort: 'throughput', order: 'ascending' })).toEqual(['middle', 'old', 'new']);
    expect(ids({ sort: 'title' })).toEqual(['old', 'middle', 'new']);
    expect(ids({ sort: 'elapsed' })).toEqual(['middle', 'new', 'old']);
  });

  it('is a page of one kind, with how many there are', () => {
    expect(selectReports(all, { kind: 'live', limit: 1, offset: 1 })).toMatchObject({
      reports: [{ id: 'old' }],
      found: 2,
      saved: 3,
    });
    expect(ids({ offset: 99 })).toEqual([]);
    expect(ids({ limit: 0 })).toEqual([]);
  });
});
