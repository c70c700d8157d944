import { HOLDS_TITLES, holdsIn, duration, number, type ScorecardReport, type ScorecardRow } from '../../../../contract';
import { OUTCOME_WORDS } from '../../../report/words';
import { unsaidFailure } from '../../../report/view';

const LANGUAGES = { node: 'Node', python: 'Python' } as const;
const INDENT = ' '.repeat(13);

/** A scorecard to read in a terminal: each claim with its verdict, what was measured, and why. */
export function scorecardSummary(report: ScorecardReport): string {
  const { finding, settings, elapsedMs, outcome, rows, warnings } = report;
  const failure = unsaidFailure(report);
  return [
    `${finding}\n\n`,
    `Scorecard${settings.quick ? ', quick' : ''}, ${number(settings.workers)} workers, ${duration(elapsedMs)}, ${OUTCOME_WORDS[outcome]}, seed ${String(settings.seed)}\n`,
    failure === null ? '\n' : `${failure}\n\n`,
    ...rows.map(rowText),
    ...warnings.map((warning) => `Warning: ${warning}\n`),
  ].join('');
}

function rowText(row: ScorecardRow): string {
  const { title, said, holds, of, threads, processes, judged } = row;
  const line = (name: string, texts: readonly string[]): string =>
    texts.length === 0 ? '' : `${INDENT}${name.padEnd(11)}${texts.join(' · ')}\n`;
  return [
    `${HOLDS_TITLES[holds].padEnd(INDENT.length)}${title}: ${said}${of === 'python' ? ' (for Python)' : ''}\n`,
    line(
      'threads',
      threads.map(({ text }) => text),
    ),
    line(
      'processes',
      processes.map(({ text }) => text),
    ),
    ...judged.map((one) => line(LANGUAGES[one.language], [`${holdsIn(row, one)}. ${one.why}`])),
    '\n',
  ].join('');
}
