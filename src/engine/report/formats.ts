import { CoreloomError, type Report, type ReportFormat } from '../../contract';
import { csvSamples, csvTasks } from './csv';
import { html } from './html/page';
import { json } from './json';
import { markdown } from './markdown';
import { subjectOf } from './view';
import type { RenderedReport, ReportRenderer } from './types';

/** Every format that a report can be kept in; a further one is one file and one line here. */
export const REPORT_RENDERERS: Readonly<Record<ReportFormat, ReportRenderer>> = {
  json,
  'csv-tasks': csvTasks,
  'csv-samples': csvSamples,
  markdown,
  html,
};

/** Renders a report as text, with a file name to offer. Writes nothing. */
export function renderReport(report: Report, format: ReportFormat): RenderedReport {
  const { render, mediaType, extensions } = REPORT_RENDERERS[format];
  return { fileName: `${baseName(report)}${extensions[0] ?? ''}`, mediaType, text: render(report) };
}

/** The format that a file name's ending asks for, whatever its case. Throws `report-format`. */
export function formatForPath(path: string): ReportFormat {
  const name = path.toLowerCase();
  const endings = Object.values(REPORT_RENDERERS).flatMap(({ format, extensions }) => extensions.map((ending) => ({ format, ending })));
  // The longest ending wins: `.samples.csv` is also `.csv`.
  const fitting = endings.filter(({ ending }) => name.endsWith(ending)).sort((a, b) => b.ending.length - a.ending.length)[0];
  if (fitting) return fitting.format;
  const known = endings.map(({ ending }) => ending).join(', ');
  throw new CoreloomError('report-format', `"${path}" has no ending that says what to write: use one of ${known}.`);
}

/** `coreloom-sha256-2026-11-22T19-05-37`, safe on every file system. */
function baseName(report: Report): string {
  const safe = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);
  return `coreloom-${safe(subjectOf(report).name) || 'run'}-${safe(report.startedAt.replace(/\.\d+/, '').replace(/Z$/, ''))}`;
}
