import type { ComparisonFlag, Report } from '../../../contract';
import { bytes, number, OUTCOME_WORDS } from '../../report/words';

export type Unlikeness = Omit<ComparisonFlag, 'report'>;

/** A respect in which reports may differ: its words, and what each report has there; null where that is not known or does not apply. */
type Respect = [words: string, value: (report: Report) => string | null];

const orNull = <T>(value: T | null | undefined, words: (value: T) => string = String): string | null => (value === null || value === undefined ? null : words(value));
/** A setting of whichever kind has it. */
const setting = (name: string) => ({ settings }: Report): string | null => {
  const value = (settings as unknown as Record<string, unknown>)[name];
  return value === undefined || value === null ? null : typeof value === 'number' ? number(value) : typeof value === 'string' ? value : JSON.stringify(value);
};

const RESPECTS: Record<Exclude<Unlikeness['about'], 'outcome'>, Respect[]> = {
  kind: [['kind of experiment', ({ kind }) => kind]],
  workload: [['workload', setting('workload')], ['module', setting('module')]],
  settings: [
    ['size of a task', setting('size')],
    ['workload settings', setting('workloadSettings')],
    ['workers', setting('workers')],
    ['tasks', setting('tasks')],
    ['Python start method', (report) => orNull(pythonOf(report)?.startMethod)],
  ],
  machine: [
    ['processor', ({ machine }) => machine.cpuModel],
    ['hardware threads', ({ machine }) => number(machine.hardwareThreads)],
    ['CPUs that may be used', ({ machine }) => number(machine.limits.effectiveCpus)],
    ['governor', ({ machine }) => machine.governor],
    ['memory', ({ machine }) => bytes(Math.round(machine.memoryBytes / 1e9) * 1e9)],
    ['system', ({ machine }) => machine.os],
    ['architecture', ({ machine }) => machine.arch],
  ],
  versions: [
    ['Coreloom', ({ machine }) => machine.versions.coreloom],
    ['Node', ({ machine }) => machine.versions.node],
    ['Electron', ({ machine }) => machine.versions.electron ?? 'none'],
    ['Python', (report) => orNull(pythonOf(report), ({ build, lockOn }) => `${build}, its lock ${lockOn ? 'on' : 'off'}`)],
  ],
};

function pythonOf({ settings }: Report): { startMethod: string | null; build: string; lockOn: boolean } | null {
  return 'python' in settings && settings.python ? settings.python : null;
}

/** In what a report is unlike another, one sentence each; nothing where they can be compared. */
export function unlikeness(report: Report, first: Report): Unlikeness[] {
  const found = Object.entries(RESPECTS).flatMap(([about, respects]) =>
    respects.flatMap(([words, value]): Unlikeness[] => {
      const [here, there] = [value(report), value(first)];
      return here === null || there === null || here === there ? [] : [{ about: about as Unlikeness['about'], message: `Another ${words}: ${here}, not ${there}.` }];
    }),
  );
  if (report.outcome === 'completed' && first.outcome === 'completed') return found;
  const who = report.outcome === 'completed' ? 'The first' : 'This one';
  const outcome = report.outcome === 'completed' ? first.outcome : report.outcome;
  return [...found, { about: 'outcome', message: `${who} was ${OUTCOME_WORDS[outcome]}.`.replace('was failed', 'failed') }];
}
