import {
  asFileName,
  CoreloomError,
  formatFacts,
  formatOfFile,
  REPORT_FORMATS,
  type ExportResult,
  type ReportFormat,
} from '../../contract';
import { csvSamples, csvTasks } from './csv';
import { reportPage } from './html/page';
import { reportJson } from './json';
import { reportMarkdown } from './markdown';
import { NO_TRACE, reportTrace } from './trace/trace';
import type { ReadableReport, ReportReads } from './reads';
import type { RenderedReport, RenderKit, TextFormat } from './types';

const TEXTS: Readonly<Record<TextFormat, (report: ReadableReport) => string>> = {
  html: reportPage,
  markdown: reportMarkdown,
  json: reportJson,
  'csv-tasks': csvTasks,
  'csv-samples': csvSamples,
  trace: reportTrace,
};

export const TEXT_FORMATS = Object.keys(TEXTS) as TextFormat[];

/** What writes each format; the contract's table says the rest of it. */
const WRITERS: Readonly<
  Record<ReportFormat, (report: ReadableReport, kit: RenderKit) => string | Promise<Uint8Array>>
> = { ...TEXTS, pdf: (report, { printPdf }) => printPdf(reportPage(report)) };

/** Where nothing here can print a page. */
export const NO_PRINTER: RenderKit = {
  printPdf: () =>
    Promise.reject(
      new CoreloomError(
        'not-available',
        'A PDF is printed by the desktop application or by an installed Chrome, Chromium or Edge, and there is none here: export HTML and print that in a browser.',
      ),
    ),
};

/** Renders a report, with a file name to offer. Writes nothing. Errors: `report-format` (not of this kind of report), `not-available`. */
export async function renderReport(
  report: ReadableReport,
  format: ReportFormat,
  kit: RenderKit,
): Promise<RenderedReport> {
  checkFormat(format, report.reads);
  return { ...offered(report, format), content: await WRITERS[format](report, kit) };
}

/** The same at once, of what is text. */
export function renderText(report: ReadableReport, format: TextFormat): RenderedReport & { content: string } {
  checkFormat(format, report.reads);
  return { ...offered(report, format), content: TEXTS[format](report) };
}

/** A rendered report as a client gets it that keeps it by itself. */
export function contentOf({ fileName, mediaType, content }: RenderedReport): ExportResult {
  const sent =
    typeof content === 'string'
      ? { encoding: 'text' as const, text: content }
      : { encoding: 'base64' as const, text: Buffer.from(content).toString('base64') };
  return { state: 'content', fileName, mediaType, ...sent };
}

/** Whether reports that read so can be kept in this format. */
export function suits(format: ReportFormat, { trace }: ReportReads): boolean {
  return trace !== undefined || !formatFacts(format).needsTaskTimes;
}

/** Refuses a format that a kind of report cannot be kept in. Throws `report-format`. */
export function checkFormat(format: ReportFormat, reads: ReportReads): void {
  if (!suits(format, reads)) throw new CoreloomError('report-format', NO_TRACE);
}

/** The format that a file name's ending asks for, whatever its case. Throws `report-format`. */
export function formatForPath(path: string): ReportFormat {
  const format = formatOfFile(path);
  if (format !== null) return format;
  const known = REPORT_FORMATS.flatMap((one) => formatFacts(one).endings).join(', ');
  throw new CoreloomError('report-format', `"${path}" has no known file extension: use one of ${known}.`);
}

const offered = (report: ReadableReport, format: ReportFormat): Omit<RenderedReport, 'content'> => {
  const { endings, mediaType } = formatFacts(format);
  return { fileName: `${baseName(report)}${endings[0]}`, mediaType };
};

/** `coreloom-sha256-2026-11-22T19-05-37`, safe on every file system. */
function baseName({ report, reads }: ReadableReport): string {
  return `coreloom-${asFileName(reads.subject(report).name) || 'run'}-${asFileName(report.startedAt.replace(/\.\d+/, '').replace(/Z$/, ''))}`;
}
