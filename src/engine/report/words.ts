import {
  inOrder,
  keysOf,
  NONE,
  binarySize,
  number,
  offThreadShare,
  plural,
  THREAD_HOST_WORDS,
  workerTitle,
  workersBetween,
  type ByExecutor,
  type ExecutorKey,
  type LiveReport,
  type MachineInfo,
  type ResolvedSettings,
  type RunOutcome,
  type ThreadHost,
  type WorkerRange,
} from '../../contract';

/** How every report says that something could not be measured. */
export const NOT_AVAILABLE = 'not available here';

/** The row that says where threads were, for a table with a column for each; none where nobody has any. */
export function threadHostRow(columns: readonly { threadHost: ThreadHost | null }[]): string[][] {
  if (columns.every(({ threadHost }) => threadHost === null)) return [];
  return [
    ['Threads', ...columns.map(({ threadHost }) => (threadHost === null ? NONE : THREAD_HOST_WORDS[threadHost]))],
  ];
}

/** One worker by its name: `thread 3`. */
export function workerName(executor: ExecutorKey, worker: number): string {
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

/** Of all CPU time, that off the threads that run tasks; null where it is not known, or the time was too short to say. */
export function toldOffThread(
  used: Parameters<typeof offThreadShare>[0] & { coresBusy: number | null },
): number | null {
  return used.coresBusy === null ? null : offThreadShare(used);
}

/** Names in a sentence: `threads, processes and Python threads`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** Those of which there were any: `1–4 threads`, `1 process`. */
export function workerWords(workers: ByExecutor<WorkerRange>): string[] {
  return keysOf(workers).flatMap((name) => {
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
    inOrder([...keysOf(settings.workers), ...resizes.map(({ executor }) => executor)]).flatMap((name) => {
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
    ['Physical cores', number(machine.physicalCores)],
    ['Cores (hardware threads)', number(machine.hardwareThreads)],
    ['Hardware threads per physical core', number(machine.threadsPerCore)],
    ['Core kinds', machine.coreKinds?.map(({ kind, count }) => `${String(count)} ${kind}`).join(', ') ?? NONE],
    ['Governor', machine.governor ?? NONE],
    ['Memory', binarySize(machine.memoryBytes)],
    [
      'Memory limit',
      memoryLimit === undefined
        ? NONE
        : memoryLimit === null
          ? 'none'
          : `${binarySize(memoryLimit.bytes)} (${memoryLimit.file})`,
    ],
    ['System', `${machine.os} (${machine.arch})`],
    ['Usable cores', number(limits.effectiveCpus)],
    ['CPU quota', limits.quotaCpus === null ? 'none' : plural(limits.quotaCpus, 'CPU')],
    ['Allowed cores', limits.allowedCores === null ? NONE : ranges(limits.allowedCores)],
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
