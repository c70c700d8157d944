import type { z } from 'zod';
import { binarySize, CoreloomError, REPORT_SCHEMA_VERSION, type Report, type ReportSummary } from '../../contract';
import { faultWords } from './fault';
import { isFields } from './fields';
import type { ReadableReport, ReadsByKind } from './reads';
import { upgraded } from './upgrade';

/** The largest report that is read, in bytes: far above any that is written, and within what one string can hold. */
export const MAX_REPORT_BYTES = 256 * 1024 * 1024;

/** The kinds that a report may be of. */
export interface AnyKind {
  schema: z.ZodType<Report>;
  reads: ReadsByKind;
}

/** Checks an untrusted value of this version or an earlier one; answers a copy that holds known fields only. Throws `report-broken` with the first fault. */
export function parseReport(value: unknown, { schema, reads }: AnyKind): Report {
  refuseOtherVersions(value);
  const report = isFields(value) ? upgraded(value, reads) : value;
  const result = schema.safeParse(report);
  if (result.success) return result.data;
  throw new CoreloomError(
    'report-broken',
    `The report is broken${faultWords(report, result.error.issues)}.`,
    result.error,
  );
}

/** Parses a report's JSON text. Throws `report-broken`. */
export function parseReportText(text: string, kinds: AnyKind): Report {
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
      'The report is damaged: it is not valid JSON. It may have been cut off or edited.',
      error,
    );
  }
  return parseReport(value, kinds);
}

/** The line of a report in the history. */
export function summarize({ report, reads }: ReadableReport): ReportSummary {
  const { id, kind, startedAt, outcome, elapsedMs, finding } = report;
  return {
    id,
    kind,
    startedAt,
    outcome,
    subject: reads.subject(report).name,
    elapsedMs,
    finding,
    ...reads.line(report),
  };
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
