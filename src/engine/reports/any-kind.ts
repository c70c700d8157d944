import { plain, plainIn, type PythonUsed, type Report, type ReportFormat, type ExperimentKind } from '../../contract';
import type { ReportReading, ReportSummary } from '../../contract';
import { KINDS } from '../kinds';
import { kindOf } from '../kinds/kind-of';
import * as part from '../report';

// Reports of any kind: the kind of each says how it reads, report/ makes of that what is wanted.

export {
  contentOf,
  formatForPath,
  MAX_REPORT_BYTES,
  NO_PRINTER,
  TEXT_FORMATS,
  textTable,
  type RenderedReport,
  type RenderKit,
} from '../report';

const reads = Object.fromEntries(Object.values(KINDS).map((kind) => [kind.name, kind.reads as part.ReportReads]));
const schema = part.reportSchemaOf(reads);
const summarySchema = part.reportSummarySchemaOf(reads);
const readable = (report: Report): part.ReadableReport => ({ report, reads: kindOf(report).reads });

/** Checks an untrusted value of this version or an earlier one; answers a copy that holds known fields only. Throws `report-broken` with the first fault. */
export const parseReport = (value: unknown): Report => part.parseReport(value, { schema, reads });

/** Parses a report's JSON text. Throws `report-broken`. */
export const parseReportText = (text: string): Report => part.parseReportText(text, { schema, reads });

/**
 * Reads a report that came from elsewhere: its size and depth are looked at before any of it is, its texts are plain, and
 * what cannot be is null with a warning. Throws `report-broken`.
 */
export const parseUntrustedReport = (text: string): Report =>
  believable(plainIn(parseReportText(part.boundedText(text))));

/** JSON in the contract's order, one field a line and one column of a table a line: small, and readable in a diff. */
export const reportJson = (report: Report): string => part.reportJson(readable(report));

/** The report's JSON Schema (draft 2020-12) as shipped in resources/: the shape, for readers in other languages. */
export const reportJsonSchema = (): string => part.reportJsonSchema(schema);

/** The line of a report in the history. */
export const summarize = (report: Report): ReportSummary => part.summarize(readable(report));

/** Whether an untrusted value is a summary as `summarize` makes it. */
export const isSummary = (value: unknown): value is ReportSummary => summarySchema.safeParse(value).success;

/** What a report says, in words, for a client to show. */
export const reportReading = (report: Report): Omit<ReportReading, 'saved'> => part.reportReading(readable(report));

/** Renders a report, with a file name to offer. Writes nothing. Errors: `report-format` (not of this kind of report), `not-available`. */
export const renderReport = (report: Report, format: ReportFormat, kit: part.RenderKit): Promise<part.RenderedReport> =>
  part.renderReport(readable(report), format, kit);

/** The same at once, of what is text. */
export const renderText = (report: Report, format: part.TextFormat): part.RenderedReport & { content: string } =>
  part.renderText(readable(report), format);

/** Refuses a format that a kind of report cannot be kept in. Throws `report-format`. */
export function checkFormat(format: ReportFormat, kind: ExperimentKind): void {
  part.checkFormat(format, kindOf({ kind }).reads);
}

/** Every value of a report that cannot be, whatever was measured. Pure. */
export const impossibilities = (report: Report): part.Impossible[] => kindOf(report).reads.impossible(report);

/** The report without what cannot be: such a value is null, and a warning with a code names whose it was and what. The same where all is possible. */
export const believable = <R extends Report>(report: R): R => part.believable(report, impossibilities(report));

/** The report that the end of an interrupted experiment would have made of what was kept of it. */
export const completeReport = async (report: Report): Promise<Report> =>
  (await kindOf(report).complete?.(report)) ?? report;

/** An experiment in a screenful: the finding first, then who took part, then what was checked. */
export function summaryText(report: Report): string {
  return `${kindOf(report).reads.summary(report)}${pythonLine(report.settings.python)}`;
}

/** The Python that took part: another than the user thinks of measures something else. */
function pythonLine(python: PythonUsed | null | undefined): string {
  return python === null || python === undefined ? '' : `Python ${python.version}: ${plain(python.executable)}\n`;
}
