import { asFileName, CoreloomError, type ExportResult, type ReportFormat } from '../../contract';
import { csvSamples, csvTasks } from './csv';
import { html } from './html/page';
import { json } from './json';
import { markdown } from './markdown';
import { pdf } from './pdf';
import { trace } from './trace/trace';
import type { ReadableReport, ReportReads } from './reads';
import type { RenderedReport, RenderKit, ReportRenderer, TextFormat, TextRenderer } from './types';

const TEXTS: Readonly<Record<TextFormat, TextRenderer>> = {
  json,
  'csv-tasks': csvTasks,
  'csv-samples': csvSamples,
  markdown,
  html,
  trace,
};

export const TEXT_FORMATS = Object.keys(TEXTS) as TextFormat[];

/** Every format that a report can be kept in; docs/architecture.md says what a further one takes. */
export const REPORT_RENDERERS: Readonly<Record<ReportFormat, ReportRenderer>> = { ...TEXTS, pdf };

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
  const { render, mediaType, extensions } = REPORT_RENDERERS[format];
  return { fileName: `${baseName(report)}${extensions[0] ?? ''}`, mediaType, content: await render(report, kit) };
}

/** The same at once, of what is text. */
export function renderText(report: ReadableReport, format: TextFormat): RenderedReport & { content: string } {
  checkFormat(format, report.reads);
  const { render, mediaType, extensions } = TEXTS[format];
  return { fileName: `${baseName(report)}${extensions[0] ?? ''}`, mediaType, content: render(report) };
}

/** A rendered report as a client gets it that keeps it by itself. */
export function contentOf({ fileName, mediaType, content }: RenderedReport): ExportResult {
  const sent =
    typeof content === 'string'
      ? { encoding: 'text' as const, text: content }
      : { encoding: 'base64' as const, text: Buffer.from(content).toString('base64') };
  return { state: 'content', fileName, mediaType, ...sent };
}

/** Refuses a format that a kind of report cannot be kept in. Throws `report-format`. */
export function checkFormat(format: ReportFormat, reads: ReportReads): void {
  const reason = REPORT_RENDERERS[format].refuses?.(reads) ?? null;
  if (reason !== null) throw new CoreloomError('report-format', reason);
}

/** The format that a file name's ending asks for, whatever its case. Throws `report-format`. */
export function formatForPath(path: string): ReportFormat {
  const name = path.toLowerCase();
  const endings = Object.values(REPORT_RENDERERS).flatMap(({ format, extensions }) =>
    extensions.map((ending) => ({ format, ending })),
  );
  // The longest ending wins: `.samples.csv` is also `.csv`.
  const fitting = endings
    .filter(({ ending }) => name.endsWith(ending))
    .sort((a, b) => b.ending.length - a.ending.length)[0];
  if (fitting) return fitting.format;
  const known = endings.map(({ ending }) => ending).join(', ');
  throw new CoreloomError('report-format', `"${path}" has no known file extension: use one of ${known}.`);
}

/** `coreloom-sha256-2026-11-22T19-05-37`, safe on every file system. */
function baseName({ report, reads }: ReadableReport): string {
  return `coreloom-${asFileName(reads.subject(report).name) || 'run'}-${asFileName(report.startedAt.replace(/\.\d+/, '').replace(/Z$/, ''))}`;
}
