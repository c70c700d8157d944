import {
  kindFacts,
  THREAD_HOST_WORDS,
  binarySize,
  keptCount,
  number,
  type ComparisonFlag,
  type Report,
  type ThreadHost,
} from '../../contract';
import { kindOf } from '../kinds/kind-of';
import { OUTCOME_WORDS } from '../report/words';

const GIB = 2 ** 30;

export type Unlikeness = Omit<ComparisonFlag, 'report'>;

/** A respect in which reports may differ: its words, and what each report has there; null where that is not known or does not apply. */
type Respect = [words: string, value: (report: Report) => string | null];

const orNull = <T>(value: T | null | undefined, words: (value: T) => string = String): string | null =>
  value === null || value === undefined ? null : words(value);
/** Workers, as its kind counts them. */
const workers = (report: Report): string => kindOf(report).workers(report);
/** Where threads of Node were, in whichever kind has any. */
function threadHost(report: Report): string | null {
  const all: readonly { threadHost: ThreadHost | null }[] =
    'executors' in report
      ? report.executors
      : 'contenders' in report
        ? report.contenders
        : 'curves' in report
          ? report.curves
          : [];
  return orNull(all.find((one) => one.threadHost !== null)?.threadHost, (host) => THREAD_HOST_WORDS[host]);
}
/** Whether threads of a live run were warm from the one before; null where none can have been. */
function threadsKept(report: Report): string | null {
  if (report.kind !== 'live' || threadHost(report) !== THREAD_HOST_WORDS['own-process']) return null;
  const kept = report.executors.some(({ workers: all }) => keptCount(all) > 0);
  return kept ? 'kept from the run before' : 'started for this run';
}
/** A setting of whichever kind has it. */
const setting =
  (name: string) =>
  ({ settings }: Report): string | null => {
    const value = (settings as unknown as Record<string, unknown>)[name];
    return value === undefined || value === null
      ? null
      : typeof value === 'number'
        ? number(value)
        : typeof value === 'string'
          ? value
          : JSON.stringify(value);
  };

const RESPECTS: Record<Exclude<Unlikeness['about'], 'outcome'>, Respect[]> = {
  kind: [['Kind of report', ({ kind }) => kindFacts(kind).title]],
  workload: [
    ['Workload', setting('workload')],
    ['Module', setting('module')],
  ],
  settings: [
    ['Task size', setting('size')],
    ['Workload settings', setting('workloadSettings')],
    ['Workers', workers],
    ['Number of tasks', setting('tasks')],
    ['Where threads ran', threadHost],
    ['Where threads came from', threadsKept],
    ['Python start method', (report) => orNull(pythonOf(report)?.startMethod)],
  ],
  machine: [
    ['Processor', ({ machine }) => machine.cpuModel],
    ['Number of cores', ({ machine }) => number(machine.hardwareThreads)],
    ['Usable cores', ({ machine }) => number(machine.limits.effectiveCpus)],
    ['Governor', ({ machine }) => machine.governor],
    ['Memory', ({ machine }) => binarySize(Math.round(machine.memoryBytes / GIB) * GIB)],
    [
      'Memory limit',
      ({ machine }) =>
        orNull(
          machine.memoryLimit === undefined ? null : (machine.memoryLimit?.bytes ?? machine.memoryBytes),
          (limit) => binarySize(Math.round((10 * limit) / GIB) * (GIB / 10)),
        ),
    ],
    ['System', ({ machine }) => machine.os],
    ['Architecture', ({ machine }) => machine.arch],
  ],
  versions: [
    ['Coreloom version', ({ machine }) => machine.versions.coreloom],
    ['Node version', ({ machine }) => machine.versions.node],
    ['Electron version', ({ machine }) => machine.versions.electron ?? 'none'],
    [
      'Python',
      (report) =>
        orNull(pythonOf(report), ({ build, lockOn }) => `${build}, interpreter lock ${lockOn ? 'on' : 'off'}`),
    ],
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
      return here === null || there === null || here === there
        ? []
        : [{ about: about as Unlikeness['about'], message: `${words}: ${here}, not ${there}.` }];
    }),
  );
  if (report.outcome === 'completed' && first.outcome === 'completed') return found;
  const who = report.outcome === 'completed' ? 'The first' : 'This one';
  const outcome = report.outcome === 'completed' ? first.outcome : report.outcome;
  return [
    ...found,
    { about: 'outcome', message: `${who} ${outcome === 'failed' ? '' : 'was '}${OUTCOME_WORDS[outcome]}.` },
  ];
}
