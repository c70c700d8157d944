import type { Report } from '../../contract';
import type { ReportTable } from './tables';
import type { TextRenderer } from './types';
import { outcomeTitle, reportView, subjectOf, unsaidFailure } from './view';
import { OUTCOME_WORDS } from './words';

/** A report to read in a terminal, a pull request or a wiki: the finding first. */
export function reportMarkdown(report: Report): string {
  const { who, keys, main, setup, lists } = reportView(report);
  const failure = unsaidFailure(report);
  const parts = [
    `# ${escape(subjectOf(report).title)}: ${escape(who)}`,
    `> ${escape(report.finding)}`,
    ...(failure === null ? [] : [`**${outcomeTitle(report)}:** ${escape(failure)}`]),
    ...(report.warnings.length > 0 ? [report.warnings.map((warning) => `- **Warning:** ${escape(warning)}`).join('\n')] : []),
    `${escape(report.startedAt)} to ${escape(report.endedAt)}, ${OUTCOME_WORDS[report.outcome]}.`,
    keys.map(({ label, value, note }) => `- **${label}: ${escape(value)}** (${escape(note)})`).join('\n'),
    ...[...main, ...setup, ...lists].map(table),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table({ title, note, head, rows }: ReportTable): string {
  const line = (cells: string[]): string => `| ${cells.map(escape).join(' | ')} |`;
  const numeric = head.map((_, column) => column > 0 && rows.every((row) => /^[-\d.,\s]+( ?[a-zµ/%]+)?$/i.test(row[column] ?? '')));
  const rule = `|${numeric.map((right) => (right ? ' ---: ' : ' --- ')).join('|')}|`;
  const lines = [line(head), rule, ...rows.map(line)].join('\n');
  return [`## ${title}`, ...(note ? [escape(note)] : []), lines].join('\n\n');
}

/** Text that stays text: no markup, no HTML, no second line, no cell more. */
function escape(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~!&]/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : mark === '&' ? '&amp;' : `\\${mark}`))
    // A control character or a line break would end the row.
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

export const markdown: TextRenderer = {
  format: 'markdown',
  title: 'Markdown',
  extensions: ['.md', '.markdown'],
  mediaType: 'text/markdown',
  render: reportMarkdown,
};
