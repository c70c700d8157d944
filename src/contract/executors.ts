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
  /** Whether it always has one worker: then it is in no live run and no scaling, and runs no module. */
  single: boolean;
  /** How its workers hold an interpreter lock: all of them the same one, or each its own; null where there is none. */
  lock: 'shared' | 'own' | null;
  /** What an interpreter may lack that it needs. */
  needs: 'multiprocessing' | 'interpreters' | null;
  /** Whether experiments take it where none was named. */
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
    light: { fill: '#7d8a96', ink: '#596673' },
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
    help: 'worker threads (default without worker options: half of the usable cores)',
    dark: { fill: '#56b4e9', ink: '#56b4e9' },
    light: { fill: '#2b8ac6', ink: '#0f6aa6' },
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
    help: 'worker processes (default without worker options: half of the usable cores)',
    dark: { fill: '#e69f00', ink: '#e69f00' },
    light: { fill: '#b97600', ink: '#8f5d00' },
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
    light: { fill: '#b8558c', ink: '#a03f76' },
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
    light: { fill: '#1b8f68', ink: '#12704f' },
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
    light: { fill: '#6f65d6', ink: '#5a4fc4' },
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

/**
 * An executor, and where it is when that is not here, or not the default: `threads`, `threads@b` on another machine,
 * `python-threads@3.14` on another interpreter. Workers, samples, counts and reports are keyed by it.
 */
export type ExecutorKey = ExecutorName | `${ExecutorName}@${string}`;
export type ExecutorKeyIn<L extends Language> = ExecutorIn<L> | `${ExecutorIn<L>}@${string}`;
/** The same of a contender. */
export type ContenderKey = ContenderName | `${ContenderName}@${string}`;

/** One value for each executor that takes part. */
export type ByExecutor<T> = Partial<Record<ExecutorKey, T>>;

/** The key of an executor at a place; of one that is here, its name alone. */
export function executorKey(executor: ExecutorName, place: string | null = null): ExecutorKey {
  return place === null ? executor : `${executor}@${place}`;
}

/** The contender of a key. */
export function contenderOf(key: ContenderKey): ContenderName {
  return key.split('@', 1)[0] as ContenderName;
}

/** The executor of a key. */
export function executorOf(key: ExecutorKey): ExecutorName {
  return contenderOf(key) as ExecutorName;
}

/** The place of a key; null where it is here, or the default. */
export function placeOf(key: ContenderKey): string | null {
  const at = key.indexOf('@');
  return at < 0 ? null : key.slice(at + 1);
}

const WHOLE = /^([^@]+)(?:@.+)?$/s;

/** Whether a text is the key of an executor. */
export function isExecutorKey(text: string): text is ExecutorKey {
  return Object.hasOwn(TABLE, WHOLE.exec(text)?.[1] ?? '');
}

/** Whether a text is the key of one who may take part in a comparison. */
export function isContenderKey(text: string): text is ContenderKey {
  const name = WHOLE.exec(text)?.[1];
  return isExecutorKey(text) || LANGUAGES.some((language) => languageFacts(language).baseline === name);
}

/** Keys in the order in which executors are shown, each once: of one executor that which is here first, then by place. */
export function inOrder<K extends ExecutorKey>(keys: Iterable<K>): K[] {
  const rank = (key: K): number => EXECUTORS.indexOf(executorOf(key));
  const place = (key: K): string => placeOf(key) ?? '';
  return [...new Set(keys)].sort((a, b) => rank(a) - rank(b) || (place(a) < place(b) ? -1 : 1));
}

/** The keys that have a value, in that order. */
export function keysOf(values: ByExecutor<unknown>): ExecutorKey[] {
  return inOrder((Object.keys(values) as ExecutorKey[]).filter((key) => values[key] !== undefined));
}

/** Keys and values, in that order. */
export function entriesOf<T>(values: ByExecutor<T>): [ExecutorKey, T][] {
  return keysOf(values).map((key) => [key, values[key] as T]);
}

/** The same keys with other values. */
export function mapped<T, U>(values: ByExecutor<T>, to: (value: T, key: ExecutorKey) => U): ByExecutor<U> {
  return Object.fromEntries(entriesOf(values).map(([key, value]) => [key, to(value, key)]));
}

/** The row of an executor, wherever it is. */
export function executorFacts(key: ExecutorKey): ExecutorFacts {
  return TABLE[executorOf(key)];
}

const withPlace = (title: string, key: ContenderKey): string => {
  const place = placeOf(key);
  return place === null ? title : `${title} (${place})`;
};

/** Executors as a reader knows them, in a sentence: `Python threads`, `threads (b)`. */
export function executorTitle(key: ExecutorKey): string {
  return withPlace(executorFacts(key).many, key);
}

/** One worker of an executor: `Python thread`. */
export function workerTitle(key: ExecutorKey): string {
  return withPlace(executorFacts(key).one, key);
}

/** Beneath the name of its language: `threads` of Python. */
export function executorShortTitle(key: ExecutorKey): string {
  return executorTitle(key).replace(`${languageFacts(languageOf(key)).title} `, '');
}

/** Whether it runs on Python. */
export function isPython(key: ExecutorKey): key is ExecutorKeyIn<'python'> {
  return executorFacts(key).language === 'python';
}

/** Whether each of its workers has a process of its own; those of the others share one. */
export function hasProcesses(key: ExecutorKey): boolean {
  return executorFacts(key).each === 'process';
}

/** Whether it always has one worker, as baselines have. */
export function isSingle(key: ContenderKey): boolean {
  return !isExecutorKey(key) || executorFacts(key).single;
}

/** The language of a contender. */
export function languageOf(key: ContenderKey): Language {
  return isExecutorKey(key) ? executorFacts(key).language : 'python';
}

/** Contenders as a reader knows them, in a sentence. */
export function contenderTitle(key: ContenderKey): string {
  if (isExecutorKey(key)) return executorTitle(key);
  return withPlace(`${executorTitle(languageFacts('node').baseline)} ${languageFacts(languageOf(key)).title}`, key);
}

/** Executors of a language, in their order. */
export function executorsIn<L extends Language>(language: L): ExecutorIn<L>[] {
  return EXECUTORS.filter((name): name is ExecutorIn<L> => executorFacts(name).language === language);
}

/** Of these, those that an experiment takes where none was named. */
export function usualOf<K extends ExecutorKey>(keys: readonly K[]): K[] {
  return keys.filter((key) => executorFacts(key).byDefault);
}

/** What those are, for the help of the command: `all available except python-interpreters`. */
export function usualWords(): string {
  const asked = EXECUTORS.filter((name) => !executorFacts(name).byDefault);
  return `all available${asked.length === 0 ? '' : ` except ${asked.join(', ')}`}`;
}

/** After a number of workers, for which of these it does not hold: `; sequential always has one`. Empty if it holds for all. */
export function exceptSingle(keys: readonly ContenderKey[]): string {
  const titles = keys.filter(isSingle).map(contenderTitle);
  return titles.length === 0 ? '' : `; ${titles.join(' and ')} always ${titles.length === 1 ? 'has' : 'have'} one`;
}

/** How many workers of each executor of a language a run has on a machine with `cpus` CPUs, if no count was given. */
export function usualWorkers(language: Language, cpus: number): ByExecutor<number> {
  return Object.fromEntries(
    executorsIn(language).flatMap((name) => {
      const { share } = executorFacts(name);
      if (share === null) return [];
      return [[name, Math.max(1, share === 'half-up' ? Math.ceil(cpus / 2) : Math.floor(cpus / 2))]];
    }),
  );
}
