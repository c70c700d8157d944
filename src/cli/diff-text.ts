import {
  FIGURE_UNITS,
  NONE,
  RUN_TO_RUN_WORDS,
  contenderTitle,
  factor,
  intervalBeside,
  isContenderKey,
  type ComparedFigure,
  type FigureChange,
  type ReportComparison,
} from '../contract';
import type { ReportsDoor } from './doors';

const VERDICTS: Record<FigureChange['verdict'], string> = {
  lower: 'lower',
  higher: 'higher',
  'no-difference': 'no difference shown',
  'unlike-load': 'no result: different load',
  'not-shown': '',
};

/** Reports side by side: what makes it mean little first, then each figure with what it is of the first report's. */
export function diffText(
  { reports, flags, figures }: ReportComparison,
  { textTable }: Pick<ReportsDoor, 'textTable'>,
): string {
  const letter = (at: number): string => String.fromCharCode(65 + at);
  return [
    ...reports.map(
      ({ id, title, kind, startedAt }, at) =>
        `${letter(at)}  ${title ?? id}${title === null ? '' : ` (${id})`}, ${kind}, ${startedAt.slice(0, 16).replace('T', ' ')}\n`,
    ),
    ...(flags.length === 0 ? [] : ['\nThese differ from the first report, so the comparison is not reliable:\n']),
    ...flags.map(({ report, about, message }) => `${letter(report)}  ${about}: ${message}\n`),
    `\n${textTable([['', '', ...reports.flatMap((_, at) => (at === 0 ? ['A'] : [letter(at), `${letter(at)} ÷ A`, '95 % interval', '']))], ...figures.map(row)], ['left', 'left'])}`,
    `\n${RUN_TO_RUN_WORDS} A figure without an interval has no raw values to compute one from.\n`,
  ].join('');
}

function row({ of, name, unit, values, changes }: ComparedFigure): string[] {
  const owner = isContenderKey(of) ? contenderTitle(of) : of;
  const value = (at: number): string => FIGURE_UNITS[unit](values[at]);
  return [owner, name, value(0), ...changes.slice(1).flatMap((change, at) => [value(at + 1), ...changed(change)])];
}

function changed(change: FigureChange | null): string[] {
  if (change === null) return [NONE, '', ''];
  const { ratio, interval, verdict } = change;
  return [
    factor(ratio),
    interval === null ? '' : intervalBeside({ value: ratio, ...interval }, factor),
    VERDICTS[verdict],
  ];
}
