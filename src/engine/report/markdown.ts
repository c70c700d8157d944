import { asMarkdown } from '../../contract';
import type { ReadableReport } from './reads';
import type { ReportTable } from './tables';
import { outcomeTitle, reportView, unsaidFailure } from './view';
import { OUTCOME_WORDS } from './words';

/** A report to read in a terminal, a pull request or a wiki: the finding first. */
export function reportMarkdown(readable: ReadableReport): string {
  const { report, reads } = readable;
  const { who, keys, main, setup, lists } = reportView(readable);
  const failure = unsaidFailure(report);
  const parts = [
    `# ${asMarkdown(reads.subject(report).title)}: ${asMarkdown(who)}`,
    `> ${asMarkdown(report.finding)}`,
    ...(failure === null ? [] : [`**${outcomeTitle(report)}:** ${asMarkdown(failure)}`]),
    ...(report.warnings.length > 0
      ? [report.warnings.map((warning) => `- **Warning:** ${asMarkdown(warning)}`).join('\n')]
      : []),
    `${asMarkdown(report.startedAt)} to ${asMarkdown(report.endedAt)}, ${OUTCOME_WORDS[report.outcome]}.`,
    keys.map(({ label, value, note }) => `- **${label}: ${asMarkdown(value)}** (${asMarkdown(note)})`).join('\n'),
    ...[...main, ...setup, ...lists].map(table),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table({ title, note, head, rows, numbers = [] }: ReportTable): string {
  const line = (cells: string[]): string => `| ${cells.map(asMarkdown).join(' | ')} |`;
  const rule = `|${head.map((_, column) => (numbers.includes(column) ? ' ---: ' : ' --- ')).join('|')}|`;
  const lines = [line(head), rule, ...rows.map(line)].join('\n');
  return [`## ${title}`, ...(note ? [asMarkdown(note)] : []), lines].join('\n\n');
}
