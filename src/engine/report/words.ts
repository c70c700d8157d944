import {
  EXECUTORS,
  grouped,
  offThreadShare,
  plural,
  workerTitle,
  withInterval,
  workersBetween,
  type Estimate,
  type ByExecutor,
  type ExecutorName,
  type LatencySummary,
  type MachineInfo,
  type LiveReport,
  type ResolvedSettings,
  type RunOutcome,
  type ThreadHost,
  type WorkerRange,
} from '../../contract';

export { capital, contenderTitle, executorTitle, plural } from '../../contract';

/** How every report says that something could not be measured. */
export const NOT_AVAILABLE = 'not available here';

/** Where threads of Node were, as a reader knows it. */
export const THREAD_HOST_WORDS: Record<ThreadHost, string> = {
  engine: 'in Coreloom’s own process',
  'own-process': 'in a process of their own',
};

/** The row that says where threads were, for a table with a column for each; none where nobody has any. */
export function threadHostRow(columns: readonly { threadHost?: ThreadHost | undefined }[]): string[][] {
  if (columns.every(({ threadHost }) => threadHost === undefined)) return [];
  return [
    ['Threads', ...columns.map(({ threadHost }) => (threadHost === undefined ? '–' : THREAD_HOST_WORDS[threadHost]))],
  ];
}

/** One worker by its name: `thread 3`. */
export function workerName(executor: ExecutorName, worker: number): string {
  return `${workerTitle(executor)} ${String(worker)}`;
}

/** How an experiment ended, as part of a sentence. */
export const OUTCOME_WORDS: Record<RunOutcome, string> = {
  completed: 'completed',
  'tasks-failed': 'completed with failed tasks',
  cancelled: 'cancelled before its end',
  interrupted: 'interrupted before its end',
  failed: 'failed',
};

/** Three significant digits, thousands grouped, whole numbers whole; nothing has no sign. */
export function number(value: number): string {
  const size = Math.abs(value);
  const digits =
    Number.isInteger(value) || size >= 100
      ? 0
      : size >= 10
        ? 1
        : size >= 1
          ? 2
          : Math.min(6, 2 - Math.floor(Math.log10(size)));
  return grouped(value, digits);
}

type Words = (value: number) => string;

/** Of all CPU time, that off the threads that run tasks; null where it is not known, or the time was too short to say. */
export function toldOffThread(
  used: Parameters<typeof offThreadShare>[0] & { coresBusy: number | null },
): number | null {
  return used.coresBusy === null ? null : offThreadShare(used);
}

/** The same for a cell; `none` where it is null. */
export function offThreadCell(used: Parameters<typeof toldOffThread>[0], none: string): string {
  const share = toldOffThread(used);
  return share === null ? none : `${(share * 100).toFixed(0)} %`;
}

/** A value in words, or that it is not available. */
export function known<T = number>(value: T | null, words: (value: T) => string): string {
  return value === null ? NOT_AVAILABLE : words(value);
}

/** A length of time with the unit that fits it. */
export const duration: Words = (ms) => {
  if (ms === 0) return '0 ms';
  if (Math.abs(ms) < 1) return `${number(ms * 1000)} µs`;
  if (Math.abs(ms) < 1000) return `${number(ms)} ms`;
  if (Math.abs(ms) < 120_000) return `${number(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes, decimal units. */
export const bytes: Words = (value) => {
  const step = value === 0 ? 0 : Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value)) / 3)));
  return `${number(value / 1000 ** step)} ${UNITS[step] ?? 'B'}`;
};

export const memory: Words = (value) => `${number(value / 2 ** 30)} GiB`;
export const rate: Words = (perSecond) => `${number(perSecond)} /s`;

/** A percentage never stands without what 100 % is. */
export function percent(ratio: number, whole: string): string {
  return `${number(Math.round(ratio * 1000) / 10)} % of ${whole}`;
}

/** A share as whole percents, where the sentence says of what. */
export function wholePercent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}

export function latency(value: LatencySummary | null, pick: (summary: LatencySummary) => number | null): string {
  if (value === null) return 'no task settled';
  const ms = pick(value);
  return ms === null ? 'too few tasks' : duration(ms);
}

/** Names in a sentence: `threads, processes and Python threads`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** A number with two decimals, fewer where it is large, and three digits where two decimals would say little. */
export function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.1) return number(value);
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A factor with its interval: `1.93 × [1.90, 1.96]`. */
export function times(estimate: Estimate): string {
  return withInterval(estimate, factor);
}

/** A factor: `1.93 ×`. */
export const factor: Words = (value) => `${figure(value)} ×`;

/** Those of which there were any: `1–4 threads`, `1 process`. */
export function workerWords(workers: ByExecutor<WorkerRange>): string[] {
  return EXECUTORS.flatMap((name) => {
    const range = workers[name];
    return range === undefined ? [] : [workersBetween(range, name)];
  });
}

/** Workers that a run began with: `6 threads · 4 processes`. */
export function workersOf({ workers }: ResolvedSettings): string {
  return joined(workerRanges({ settings: { workers }, resizes: [] }));
}

/** Workers over the whole run, from the fewest to the most: `1–4 threads · 2 processes`. */
export function workersThroughout(report: LiveReport): string {
  return joined(workerRanges(report));
}

const joined = (workers: ByExecutor<WorkerRange>): string => workerWords(workers).join(' · ') || 'no workers';

/** How many workers of each executor there were while a live run was on. */
export function workerRanges({
  settings,
  resizes,
}: Pick<LiveReport, 'resizes'> & { settings: Pick<ResolvedSettings, 'workers'> }): ByExecutor<WorkerRange> {
  return Object.fromEntries(
    EXECUTORS.flatMap((name) => {
      const counts = [
        settings.workers[name] ?? 0,
        ...resizes.flatMap(({ executor, from, to }) => (executor === name ? [from, to] : [])),
      ];
      const most = Math.max(...counts);
      return most === 0 ? [] : [[name, { fewest: Math.min(...counts), most }]];
    }),
  );
}

/** The machine as label and value, every limit and version said. */
export function machineRows(machine: MachineInfo): [string, string][] {
  const { limits, memoryLimit, versions } = machine;
  return [
    ['CPU', machine.cpuModel],
    ['Physical cores', known(machine.physicalCores, number)],
    ['Hardware threads', number(machine.hardwareThreads)],
    ['Threads per core', known(machine.threadsPerCore, number)],
    ['Core kinds', machine.coreKinds?.map(({ kind, count }) => `${String(count)} ${kind}`).join(', ') ?? NOT_AVAILABLE],
    ['Governor', machine.governor ?? NOT_AVAILABLE],
    ['Memory', memory(machine.memoryBytes)],
    [
      'Memory limit',
      memoryLimit === undefined
        ? NOT_AVAILABLE
        : memoryLimit === null
          ? 'none'
          : `${memory(memoryLimit.bytes)} (${memoryLimit.file})`,
    ],
    ['System', `${machine.os} (${machine.arch})`],
    ['CPUs this run may use', number(limits.effectiveCpus)],
    ['CPU quota', limits.quotaCpus === null ? 'none' : plural(limits.quotaCpus, 'CPU')],
    ['Allowed cores', limits.allowedCores === null ? NOT_AVAILABLE : ranges(limits.allowedCores)],
    ['How the limits were found', limits.explanation],
    ['Coreloom', versions.coreloom],
    ['Node', versions.node],
    ['Electron', versions.electron ?? 'not used'],
    [
      'Clock',
      `${machine.clock.source}${machine.clock.agrees ? ', the same in every process' : '; the clocks of the processes do NOT agree'}`,
    ],
  ];
}

/** Core numbers, short: `0–7, 16`. */
export function ranges(cores: number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < cores.length; at++) {
    const first = cores[at] ?? 0;
    while (cores[at + 1] === (cores[at] ?? 0) + 1) at++;
    const last = cores[at] ?? 0;
    parts.push(first === last ? String(first) : `${String(first)}–${String(last)}`);
  }
  return parts.join(', ') || 'none';
}
