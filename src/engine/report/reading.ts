import { REPORT_FORMATS, type ReportReading } from '../../contract';
import { suits } from './formats';
import type { ReadableReport } from './reads';
import { reportView, unsaidFailure } from './view';

/** Longer tables are for exports. */
const MOST_ROWS = 200;

/** What a report says, in words, for a client to show. */
export function reportReading(readable: ReadableReport): Omit<ReportReading, 'saved'> {
  const { report, reads } = readable;
  const { who, keys, main, setup, lists } = reportView(readable);
  return {
    subject: reads.subject(report).title,
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
    formats: REPORT_FORMATS.filter((format) => suits(format, reads)),
  };
}
