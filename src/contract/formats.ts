/**
 * THE table of formats that reports are exported in. A new one is a row here, and the function that writes it
 * (engine/report/formats.ts). The order of the rows is that of every menu: the format that most want is first.
 */

interface FormatFacts {
  /** In menus, and beside it what it is for. */
  title: string;
  what: string;
  /** How it is named in `coreloom report --format`. */
  option: string;
  /** Endings of its files, with the dot; the first is the default. */
  endings: readonly [string, ...string[]];
  mediaType: string;
  /** Whether it is made of the times of single tasks, which not every kind of report keeps. */
  needsTaskTimes: boolean;
}

const TABLE = {
  html: {
    title: 'HTML',
    what: 'a page with pictures',
    option: 'html',
    endings: ['.html', '.htm'],
    mediaType: 'text/html',
    needsTaskTimes: false,
  },
  pdf: {
    title: 'PDF',
    what: 'the same page, printed',
    option: 'pdf',
    endings: ['.pdf'],
    mediaType: 'application/pdf',
    needsTaskTimes: false,
  },
  markdown: {
    title: 'Markdown',
    what: 'tables to paste',
    option: 'md',
    endings: ['.md', '.markdown'],
    mediaType: 'text/markdown',
    needsTaskTimes: false,
  },
  json: {
    title: 'JSON',
    what: 'everything',
    option: 'json',
    endings: ['.json'],
    mediaType: 'application/json',
    needsTaskTimes: false,
  },
  'csv-tasks': {
    title: 'CSV, tasks',
    what: 'one row per task',
    option: 'csv',
    endings: ['.csv'],
    mediaType: 'text/csv',
    needsTaskTimes: false,
  },
  'csv-samples': {
    title: 'CSV, samples',
    what: 'one row per sample',
    option: 'samples.csv',
    endings: ['.samples.csv'],
    mediaType: 'text/csv',
    needsTaskTimes: false,
  },
  trace: {
    title: 'Trace',
    what: 'for ui.perfetto.dev',
    option: 'trace',
    endings: ['.trace.json'],
    mediaType: 'application/json',
    needsTaskTimes: true,
  },
} as const satisfies Record<string, FormatFacts>;

export type ReportFormat = keyof typeof TABLE;

/** All formats, in the order in which they are offered. */
export const REPORT_FORMATS = Object.keys(TABLE) as readonly ReportFormat[];

/** The row of a format. */
export function formatFacts(format: ReportFormat): FormatFacts {
  return TABLE[format];
}

/** The format that a file name's ending asks for, whatever its case; null if none has it. */
export function formatOfFile(name: string): ReportFormat | null {
  // The longest ending wins: `.samples.csv` is also `.csv`.
  const length = (format: ReportFormat): number =>
    Math.max(
      0,
      ...formatFacts(format).endings.map((ending) => (name.toLowerCase().endsWith(ending) ? ending.length : 0)),
    );
  const [longest] = REPORT_FORMATS.toSorted((a, b) => length(b) - length(a));
  return longest !== undefined && length(longest) > 0 ? longest : null;
}
