import { binarySize, CoreloomError, REPORT_SCHEMA_VERSION, type Report, type ReportSummary } from '../../contract';
import { faultWords } from './fault';
import { subjectOf } from './view';
import { reportSchema, reportSummarySchema } from './schema';
import { upgraded } from './upgrade';
import { workerRanges } from './words';

/** The largest report that is read, in bytes: far above any that is written, and within what one string can hold. */
export const MAX_REPORT_BYTES = 256 * 1024 * 1024;

/** Checks an untrusted value of this version or an earlier one; answers a copy that holds known fields only. Throws `report-broken` with the first fault. */
export function parseReport(value: unknown): Report {
  refuseOtherVersions(value);
  const report = upgraded(value);
  const result = reportSchema.safeParse(report);
  if (result.success) return result.data;
  throw new CoreloomError(
    'report-broken',
    `The report is broken${faultWords(report, result.error.issues)}.`,
    result.error,
  );
}

/** Parses a report's JSON text. Throws `report-broken`. */
export function parseReportText(text: string): Report {
  if (text.length > MAX_REPORT_BYTES) {
    throw new CoreloomError(
      'report-broken',
      `The report is larger than the ${binarySize(MAX_REPORT_BYTES)} that a report can have.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CoreloomError(
      'report-broken',
      'The report is broken: it is not whole JSON, as if it was cut off or edited.',
      error,
    );
  }
  return parseReport(value);
}

/** The line of a report in the history. */
export function summarize(report: Report): ReportSummary {
  const { id, kind, startedAt, outcome, elapsedMs, finding } = report;
  return { id, kind, startedAt, outcome, subject: subjectOf(report).name, elapsedMs, finding, ...figures(report) };
}

/** What differs from kind to kind in the line of a report. */
function figures(report: Report): Pick<ReportSummary, 'workers' | 'throughputPerSecond'> {
  switch (report.kind) {
    case 'live':
      return { workers: workerRanges(report), throughputPerSecond: report.totals.throughputPerSecond };
    case 'compare':
      return {
        // Of two contenders on one executor, the one that is no baseline.
        workers: Object.fromEntries(
          report.contenders.map(({ executor, workers }) => [executor, { fewest: workers, most: workers }]),
        ),
        throughputPerSecond: null,
      };
    case 'scale':
      return {
        workers: Object.fromEntries(
          report.settings.executors.map((name) => [
            name,
            { fewest: report.settings.workers[0] ?? 1, most: report.settings.workers.at(-1) ?? 1 },
          ]),
        ),
        throughputPerSecond: null,
      };
    case 'lab':
    case 'scorecard':
      return { workers: {}, throughputPerSecond: null };
  }
}

/** Whether an untrusted value is a summary as `summarize` makes it. */
export function isSummary(value: unknown): value is ReportSummary {
  return reportSummarySchema.safeParse(value).success;
}

function refuseOtherVersions(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return;
  const version = value.schemaVersion;
  if (typeof version !== 'number' || version <= REPORT_SCHEMA_VERSION) return;
  throw new CoreloomError(
    'report-broken',
    `The report was written by a newer Coreloom (report version ${String(version)}; this one reads up to ${String(REPORT_SCHEMA_VERSION)}): update Coreloom to open it.`,
  );
}
