/**
 * THE table of executors: who runs tasks, and every fact about them that more than one place needs. A new executor is
 * one row here, and what starts its workers (docs/architecture.md, "Where to add things"). The order of the rows is the
 * order in which executors are shown everywhere.
 */

/** In what tasks are written, and so what runs them. */
export const LANGUAGES = ['node', 'python'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A colour for surfaces such as bars, and a tone of it for text: at least 3:1 and 4.5:1 on every panel (WCAG 2.2). */
export interface Tones {
  fill: string;
  ink: string;
}

interface ExecutorFacts {
  /** Its workers as part of a sentence, several and one. */
  many: string;
  one: string;
  /** What a worker is called by those who write in its language. */
  each: 'thread' | 'process' | 'interpreter';
  /** Before a worker's number where there is little room: `T1`. */
  letter: string;
  language: Language;
  /** Whether it always has one worker. */
  single: boolean;
  /** How its workers hold an interpreter lock: all of them the same one, or each its own; null where there is none. */
  lock: 'shared' | 'own' | null;
  /** What an interpreter may lack that it needs. */
  needs: 'multiprocessing' | 'interpreters' | null;
  /** Whether comparisons and scaling take it unless told otherwise. */
  byDefault: boolean;
  /** Workers of a run for which no count was given: half of the CPUs, rounded up or down; null: none. */
  share: 'half-up' | 'half-down' | null;
  /** What its workers are, for the help of the command. */
  help: string;
  dark: Tones;
  light: Tones;
}

const TABLE = {
  sequential: {
    many: 'sequential',
    one: 'sequential',
    each: 'thread',
    letter: 'S',
    language: 'node',
    single: true,
    lock: null,
    needs: null,
    byDefault: true,
    share: null,
    help: 'one worker thread',
    dark: { fill: '#9aa7b3', ink: '#9aa7b3' },
    light: { fill: '#6b7886', ink: '#596673' },
  },
  threads: {
    many: 'threads',
    one: 'thread',
    each: 'thread',
    letter: 'T',
    language: 'node',
    single: false,
    lock: null,
    needs: null,
    byDefault: true,
    share: 'half-up',
    help: 'worker threads; with no number of any workers, what suits this machine',
    dark: { fill: '#56b4e9', ink: '#56b4e9' },
    light: { fill: '#1f7fbf', ink: '#0f6aa6' },
  },
  processes: {
    many: 'processes',
    one: 'process',
    each: 'process',
    letter: 'P',
    language: 'node',
    single: false,
    lock: null,
    needs: null,
    byDefault: true,
    share: 'half-down',
    help: 'worker processes',
    dark: { fill: '#e69f00', ink: '#e69f00' },
    light: { fill: '#c27c00', ink: '#8f5d00' },
  },
  'python-threads': {
    many: 'Python threads',
    one: 'Python thread',
    each: 'thread',
    letter: 'pT',
    language: 'python',
    single: false,
    lock: 'shared',
    needs: null,
    byDefault: true,
    share: 'half-up',
    help: 'threads of one CPython (threading)',
    dark: { fill: '#cc79a7', ink: '#cc79a7' },
    light: { fill: '#a8508a', ink: '#a03f76' },
  },
  'python-processes': {
    many: 'Python processes',
    one: 'Python process',
    each: 'process',
    letter: 'pP',
    language: 'python',
    single: false,
    lock: 'own',
    needs: 'multiprocessing',
    byDefault: true,
    share: 'half-down',
    help: 'processes of CPython (multiprocessing)',
    dark: { fill: '#2fb68a', ink: '#2fb68a' },
    light: { fill: '#1a8a63', ink: '#12704f' },
  },
  // Interpreters need a newer Python than most have, so nobody gets them without asking.
  'python-interpreters': {
    many: 'Python interpreters',
    one: 'Python interpreter',
    each: 'interpreter',
    letter: 'pI',
    language: 'python',
    single: false,
    lock: 'own',
    needs: 'interpreters',
    byDefault: false,
    share: null,
    help: 'interpreters of one CPython (concurrent.interpreters, Python 3.14)',
    dark: { fill: '#8f86e8', ink: '#8f86e8' },
    light: { fill: '#6259c9', ink: '#5a4fc4' },
  },
} as const satisfies Record<string, ExecutorFacts>;

export type ExecutorName = keyof typeof TABLE;

/** All executors, in the order in which they are shown. */
export const EXECUTORS = Object.keys(TABLE) as readonly ExecutorName[];

/** Executors of one language. */
export type ExecutorIn<L extends Language> = {
  [N in ExecutorName]: (typeof TABLE)[N]['language'] extends L ? N : never;
}[ExecutorName];

/** Languages by their names, each with what contenders of it are compared with: one worker, and the executor that starts it. */
const LANGUAGE_TABLE = {
  node: { title: 'Node', baseline: 'sequential', startedBy: 'sequential' },
  python: { title: 'Python', baseline: 'python-sequential', startedBy: 'python-threads' },
} as const satisfies Record<Language, { title: string; baseline: string; startedBy: ExecutorName }>;

/** Who takes part in a comparison: an executor, or the baseline of a language that no executor is. */
export type ContenderName = ExecutorName | (typeof LANGUAGE_TABLE)[Language]['baseline'];

export function languageFacts<L extends Language>(language: L): (typeof LANGUAGE_TABLE)[L] {
  return LANGUAGE_TABLE[language];
}

/** The row of an executor. */
export function executorFacts(executor: ExecutorName): ExecutorFacts {
  return TABLE[executor];
}

/** Executors as a reader knows them, in a sentence: `Python threads`. */
export function executorTitle(executor: ExecutorName): string {
  return executorFacts(executor).many;
}

/** One worker of an executor: `Python thread`. */
export function workerTitle(executor: ExecutorName): string {
  return executorFacts(executor).one;
}

/** Beneath the name of its language: `threads` of Python. */
export function executorShortTitle(executor: ExecutorName): string {
  return executorTitle(executor).replace(`${languageFacts(languageOf(executor)).title} `, '');
}

/** Whether it runs on Python. */
export function isPython(executor: ExecutorName): executor is ExecutorIn<'python'> {
  return executorFacts(executor).language === 'python';
}

/** Whether each of its workers has a process of its own; those of the others share one. */
export function hasProcesses(executor: ExecutorName): boolean {
  return executorFacts(executor).each === 'process';
}

/** The language of a contender. */
export function languageOf(contender: ContenderName): Language {
  return isExecutor(contender) ? executorFacts(contender).language : 'python';
}

/** Contenders as a reader knows them, in a sentence. */
export function contenderTitle(contender: ContenderName): string {
  if (isExecutor(contender)) return executorTitle(contender);
  return `${executorTitle(languageFacts('node').baseline)} ${languageFacts(languageOf(contender)).title}`;
}

/** Whether a name is of an executor, and of one that may take part in a comparison. */
export function isExecutor(name: string): name is ExecutorName {
  return Object.hasOwn(TABLE, name);
}

export function isContender(name: string): name is ContenderName {
  return isExecutor(name) || LANGUAGES.some((language) => languageFacts(language).baseline === name);
}

/** Executors of a language, in their order. */
export function executorsIn<L extends Language>(language: L): ExecutorIn<L>[] {
  return EXECUTORS.filter((name): name is ExecutorIn<L> => executorFacts(name).language === language);
}

/** One value for each executor that takes part. */
export type ByExecutor<T> = Partial<Record<ExecutorName, T>>;

/** How many workers of each executor of a language a run has, where no count was given, on a machine with so many CPUs. */
export function usualWorkers(language: Language, cpus: number): ByExecutor<number> {
  return Object.fromEntries(
    executorsIn(language).flatMap((name) => {
      const { share } = executorFacts(name);
      if (share === null) return [];
      return [[name, Math.max(1, share === 'half-up' ? Math.ceil(cpus / 2) : Math.floor(cpus / 2))]];
    }),
  );
}
