import { LISTED, type ReportList, type ReportQuery, type ReportSort, type SavedReport } from '../../contract';
import type { SavedReports } from './types';

/** By what reports are sorted; null has no place in the order and comes last. */
const KEYS: Record<ReportSort, (report: SavedReport) => string | number | null> = {
  started: ({ startedAt }) => Date.parse(startedAt),
  title: ({ title, subject }) => (title ?? subject).toLowerCase(),
  kind: ({ kind }) => kind,
  outcome: ({ outcome }) => outcome,
  elapsed: ({ elapsedMs }) => elapsedMs,
  throughput: ({ throughputPerSecond }) => throughputPerSecond,
};

/** The saved reports that a query asks for. Pure; `all` is newest first, and stays so among equals. */
export function selectReports(all: SavedReports, query: ReportQuery): ReportList {
  const { search = '', kind, sort = 'started', offset = 0, limit = LISTED } = query;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = all.reports.filter((report) => (kind === undefined || report.kind === kind) && hasAll(report, words));
  const ordered =
    sort === 'started' && query.order !== 'ascending' ? fitting : inOrder(fitting, sort, query.order ?? usual(sort));
  return {
    reports: ordered.slice(offset, offset + limit),
    found: fitting.length,
    saved: all.reports.length,
    broken: all.broken,
  };
}

const usual = (sort: ReportSort): 'ascending' | 'descending' =>
  sort === 'title' || sort === 'kind' || sort === 'outcome' ? 'ascending' : 'descending';

function inOrder(reports: SavedReport[], sort: ReportSort, order: 'ascending' | 'descending'): SavedReport[] {
  const keyed = reports.map((report) => ({ report, key: KEYS[sort](report) }));
  const turn = order === 'ascending' ? 1 : -1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return a.key < b.key ? -turn : a.key > b.key ? turn : 0;
  });
  return keyed.map(({ report }) => report);
}

function hasAll(report: SavedReport, words: string[]): boolean {
  if (words.length === 0) return true;
  const { id, kind, title, note, subject, outcome, startedAt, finding, workers } = report;
  const text = [id, kind, title, note, subject, outcome, startedAt.slice(0, 10), finding, ...Object.keys(workers)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
