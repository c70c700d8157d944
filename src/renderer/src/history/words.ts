import {
  FIGURE_UNITS,
  LABS,
  LAB_TITLES,
  factor,
  kindFacts,
  withInterval,
  type FigureChange,
  type FigureUnit,
  type SavedReport,
  type WorkloadInfo,
} from '../../../contract';

// A fixed language: the system's own may be one that Intl refuses (a POSIX locale).
const written = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment in the reader's own time zone. */
export const daytime = (iso: string): string => written.format(new Date(iso));

/** A figure with its unit; a dash where a report has none. */
export const figure = (value: number | null | undefined, unit: FigureUnit): string => FIGURE_UNITS[unit](value);

/** How a figure compares with the first report's: `1.08 × [1.05, 1.11]`. */
export function change({ ratio, interval }: FigureChange): string {
  return interval === null ? factor(ratio) : withInterval({ value: ratio, ...interval }, factor);
}

/** What the interval says, and whether that is good news. */
export function verdict(
  { verdict: said }: FigureChange,
  better: 'lower' | 'higher' | null,
): { text: string; tone: 'good' | 'bad' | 'quiet' } {
  if (said === 'no-difference') return { text: 'no difference shown', tone: 'quiet' };
  if (said === 'unlike-load') return { text: 'no difference shown: different load', tone: 'quiet' };
  if (said === 'not-shown') return { text: '', tone: 'quiet' };
  return { text: said, tone: better === null ? 'quiet' : said === better ? 'good' : 'bad' };
}

/** What a report is about, as it is called where it is chosen; a module keeps the name it has. */
export function subjectTitle(
  { kind, subject }: Pick<SavedReport, 'kind' | 'subject'>,
  workloads: readonly WorkloadInfo[],
): string {
  if (subject === kind) return kindFacts(kind).view;
  const lab = kind === 'lab' ? LABS.find((one) => subject === `lab-${one}`) : undefined;
  if (lab) return `Lab: ${LAB_TITLES[lab]}`;
  return workloads.find(({ name }) => name === subject)?.title ?? subject;
}
