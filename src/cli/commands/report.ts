import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatFacts, REPORT_FORMATS, spelledOut, type Report, type ReportFormat } from '../../contract';
import { EXIT, type Command, type Line } from '../command';
import { reportsDoor } from '../doors';
import { UsageError } from '../parse';
import { checkPrinter, printPage } from '../print-page';
import { openHistory, readReport } from '../saved-report';
import { suggest } from '../suggest';
import type { Terminal } from '../terminal';

const OPTIONS = REPORT_FORMATS.map((format) => formatFacts(format).option);

export const reportCommand: Command = {
  name: 'report',
  summary: 'show or export a saved report or a report file',
  argument: { name: 'report', summary: 'An id from coreloom history, latest, or a .json file.' },
  options: {
    format: {
      value: 'A,B,…',
      summary: `formats: ${OPTIONS.join(', ')}; a single format may go to standard output`,
    },
    export: {
      value: 'PATH',
      summary: 'file or folder to write to; without --format, the file extension selects the format',
    },
  },
  notes: [
    'csv and samples.csv contain, for a live run: tasks and samples; an answer: figures and claims; a comparison: rounds and\nexecutors; scaling: rounds and worker counts; a lab: values and figures; a scorecard: figures and claims. Only live runs\nhave a trace, which opens in ui.perfetto.dev and chrome://tracing. A PDF needs an installed Chrome, Chromium or Edge.',
  ],
  examples: [
    'coreloom report latest',
    'coreloom report latest --export report.pdf',
    'coreloom report run.json --format html,csv,trace --export exports/',
    'coreloom report latest --format md',
  ],
  async run(line, { terminal }) {
    const report = await readReport(await openHistory(terminal), line.argument ?? '');
    const targets = await exportTargets(line, report);
    if (targets === null) terminal.out((await reportsDoor()).summaryText(report));
    else await write(report, targets, terminal);
    return EXIT.done;
  },
};

/** `path` null: standard output. */
type Target = { format: ReportFormat; path: string | null; folder: boolean };

/** What is to be written where, all of it looked at before anything is; null where the report is only shown. */
async function exportTargets(line: Line, report: Report): Promise<Target[] | null> {
  const [named, path] = [line.text('format'), line.text('export')];
  if (named === undefined && path === undefined) return null;
  const folder =
    path !== undefined &&
    (await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    ));
  if (folder && named === undefined)
    throw new UsageError(`"${path}" is a folder: use --format to choose what to write.`);
  const { checkFormat, formatForPath } = await reportsDoor();
  const formats =
    named === undefined
      ? [formatForPath(path ?? '')]
      : [...new Set(named.split(',').map((one) => parseFormat(one.trim())))];
  if (!folder && formats.length > 1)
    throw new UsageError('More than one format needs an existing folder: --export FOLDER.');
  if (path === undefined && formats[0] === 'pdf')
    throw new UsageError('A PDF cannot be printed to the terminal: use --export report.pdf.');
  for (const format of formats) checkFormat(format, report.kind);
  if (formats.includes('pdf')) checkPrinter();
  return formats.map((format) => ({ format, path: path ?? null, folder }));
}

function parseFormat(typed: string): ReportFormat {
  const format = REPORT_FORMATS.find((one) => formatFacts(one).option === typed);
  if (format !== undefined) return format;
  const near = suggest(typed, OPTIONS);
  throw new UsageError(
    `--format: "${typed}" is not a format${near === null ? '.' : `; did you mean ${near}?`} The formats are ${OPTIONS.join(', ')}.`,
  );
}

async function write(report: Report, targets: readonly Target[], terminal: Terminal): Promise<void> {
  const { renderReport, writeFileAtomic } = await reportsDoor();
  for (const { format, path, folder } of targets) {
    const { content, fileName } = await renderReport(report, format, { printPdf: printPage });
    if (path === null) {
      if (typeof content === 'string') terminal.out(content);
      continue;
    }
    const file = resolve(folder ? join(path, fileName) : path);
    await writeFileAtomic(file, content);
    terminal.out(`Wrote ${spelledOut(file)}\n`);
  }
}
