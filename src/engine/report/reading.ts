import { REPORT_FORMATS, type Report, type ReportReading } from '../../contract';
import { REPORT_RENDERERS } from './formats';
import { reportView, subjectOf, unsaidFailure } from './view';

/** Longer tables are for exports. */
const MOST_ROWS = 200;

/** What a report says, in words, for a client to show. */
export function reportReading(report: Report): Omit<ReportReading, 'saved'> {
  const { who, keys, main, setup, lists } = reportView(report);
  return {
    subject: subjectOf(report).title,
    who,
    failure: unsaidFailure(report),
    warnings: report.warnings,
    keys,
    tables: [...main, ...lists, ...setup]
      .filter(({ rows }) => rows.length > 0)
      .map((table) => ({
        ...table,
        rows: table.rows.slice(0, MOST_ROWS),
        more: Math.max(0, table.rows.length - MOST_ROWS),
      })),
    formats: REPORT_FORMATS.filter((format) => (REPORT_RENDERERS[format].refuses?.(report.kind) ?? null) === null),
  };
}
