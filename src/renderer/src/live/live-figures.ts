import {
  coreCount,
  NONE,
  bytes,
  duration,
  durationOfUs,
  number,
  percent,
  plural,
  KEPT_WORDS,
  keptCount,
  startUpWords,
  THREAD_HOST_WORDS,
  type ByExecutor,
  type ExecutorMemory,
  type ExecutorKey,
  type ExecutorProgress,
  type LatencySummary,
  type LockProgress,
  type StartUps,
  type ThreadHost,
  type TimeShares,
  type Unit,
} from '../../../contract';
import type { WorkerShare } from '../charts/worker-shares';
import type { WholeRun } from '../stores/shown-reports';

/** One figure of a table; a null text means that it cannot be had here. */
export interface Cell {
  text: string | null;
  title?: string;
}

/** One figure of every executor; `key` is what it is called in tests. */
interface FigureRow {
  key: string;
  name: string;
  title: string;
  cells: Cell[];
}

/** Figures of one span of time: what is of another stands under another head. */
export interface FigureGroup {
  title: string;
  rows: FigureRow[];
}

/** What figures of a moment come from, beside the state of the run. */
export interface Moment {
  /** Workers on average over the last second. */
  meanLive(executor: ExecutorKey): number | null;
  memory: ByExecutor<ExecutorMemory>;
  share(executor: ExecutorKey): WorkerShare | null;
}

const nothing: Cell = { text: NONE };
const known = (value: number | null, unit: Unit): Cell => ({
  text: value === null ? null : unit(value),
});
const p50 = (of: LatencySummary | null): Cell => (of ? { text: duration(of.p50Ms) } : nothing);

function memoryCell(added: ExecutorMemory | null | undefined): Cell {
  if (!added) return nothing;
  const { residentBytesPerWorker, proportionalBytesPerWorker } = added;
  return {
    ...known(residentBytesPerWorker, bytes),
    title: `Proportional memory: shared pages divided among the processes that share them: ${bytes(proportionalBytesPerWorker)}`,
  };
}

const START_UP = 'From requesting a worker until it is ready, median over the workers';
const HAND_OVER = 'Round trip of an empty message to an idle worker, median over the workers';
const MEMORY = 'Resident memory that each worker adds, on average';
const ON_CORE = 'CPU time of the workers; 100 % is every worker on a core the whole time';
const OFF_THREAD =
  'CPU time used for tasks by helper threads and child processes; 100 % equals every worker on a core the whole time';
const WAITING = 'Time spent waiting for a core: ready to run, but without one; 100 % is every worker the whole time';
const LOCK_WAIT = 'Time spent waiting for Python’s interpreter lock';
const OF_WORKERS = '100 % is every worker the whole time';
const OF_TIME = 'a share of the workers’ time, which adds up to 100 % with the others';
const CORES_BUSY = 'CPU time ÷ wall time: how many cores all of them keep busy together';
const RELEASES = 'Whether this workload was observed to let other Python threads compute while it works';

/** Figures while a run is on: those of its last seconds, and under a head of their own those that do not hang on when it is. */
export function momentGroups(all: readonly ExecutorProgress[], moment: Moment): FigureGroup[] {
  const row = (key: string, name: string, title: string, cell: (one: ExecutorProgress) => Cell): FigureRow => ({
    key,
    name,
    title,
    cells: all.map(cell),
  });
  // An executor without workers has no figures of now.
  const share = (one: ExecutorProgress, which: keyof WorkerShare): Cell => {
    const of = one.live > 0 ? moment.share(one.executor) : null;
    return of ? known(of[which], percent) : nothing;
  };
  const each = (one: ExecutorProgress): Cell => {
    const live = moment.meanLive(one.executor);
    return live === null || live === 0 ? nothing : { text: number(one.throughput / live) };
  };
  const once = (one: ExecutorProgress, value: number | null): Cell =>
    value === null && one.live === 0 ? nothing : known(value, duration);
  const locks = all.some(({ lock }) => lock !== undefined);
  return [
    {
      title: 'last seconds',
      rows: [
        row(
          'per-worker',
          'tasks/s each',
          'Tasks finished per second by one worker, on average over the last second',
          each,
        ),
        row(
          'latency',
          'typical task',
          'From started to finished, over the last 10 s; half of the tasks take at most this long',
          (one) => p50(one.running),
        ),
        row('on-core', 'on a core', `${ON_CORE}. Last 2 s`, (one) => share(one, 'onCore')),
        row('off-thread', 'in helpers', `${OFF_THREAD}. Last 2 s`, (one) => share(one, 'offThread')),
        row('waiting', 'waits for a core', `${WAITING}. Last 2 s`, (one) => share(one, 'waitingForCore')),
        ...(locks
          ? [
              row('lock-wait', 'waits for the lock', `${LOCK_WAIT}; ${OF_WORKERS}. Last 2 s`, (one) =>
                lockWaitCell(one.lock),
              ),
              row('cores-busy', 'cores busy', `${CORES_BUSY}. Last 2 s`, (one) => coresBusyCell(one.lock)),
            ]
          : []),
      ],
    },
    {
      title: 'per worker',
      rows: [
        row('memory', 'memory', MEMORY, (one) => (one.live > 0 ? memoryCell(moment.memory[one.executor]) : nothing)),
        row('start-up', 'to start', START_UP, (one) => keptCell(one) ?? once(one, one.startUpMs)),
        row('hand-over', 'to hand a task', HAND_OVER, (one) =>
          once(one, one.handOverUs === null ? null : one.handOverUs / 1e3),
        ),
        ...(locks ? [row('releases', 'releases the lock', RELEASES, (one) => releasesCell(one.lock))] : []),
      ],
    },
  ];
}

/** In a word, for a narrow column; the sentence is its title. */
const HOSTS: Record<ThreadHost, string> = { engine: 'Coreloom’s', 'own-process': 'separate' };

function hostCell(host: ThreadHost | null): Cell {
  return host === null ? nothing : { text: HOSTS[host], title: `Ran ${THREAD_HOST_WORDS[host]}` };
}

/** In place of a start-up where threads were kept from the run before; null where none were. */
function keptCell(one: StartUps): Cell | null {
  if (keptCount(one.workers) === 0) return null;
  return one.startUpMs === null
    ? { text: 'kept', title: KEPT_WORDS }
    : { text: duration(one.startUpMs), title: startUpWords(one) };
}

type Whole = WholeRun['executors'][number];

/** The same figures of a run that has ended: all are of all of it, as its report has them. */
export function wholeGroups(all: readonly ExecutorKey[], run: WholeRun): FigureGroup[] {
  const ones = all.map((name) => run.executors.find(({ executor }) => executor === name) ?? null);
  const row = (key: string, name: string, title: string, cell: (one: Whole) => Cell): FigureRow => ({
    key,
    name,
    title,
    cells: ones.map((one) => (one ? cell(one) : nothing)),
  });
  /** Only where the count stood still: an average over a changing number of workers would mislead. */
  const each = ({ executor }: Whole, write: (workers: number) => Cell): Cell => {
    if (run.resizes.some((resize) => resize.executor === executor))
      return { text: 'varied', title: 'Not available per worker, because the number of workers changed' };
    const workers = run.settings.workers[executor] ?? 0;
    return workers === 0 ? nothing : write(workers);
  };
  /** Parts of one whole, as every report has them. */
  const share = ({ shares }: Whole, key: keyof TimeShares): Cell => known(shares?.[key] ?? null, percent);
  const locks = ones.some((one) => one?.lock !== undefined);
  const hosted = ones.some((one) => one !== null && one.threadHost !== null);
  return [
    {
      title: 'whole run',
      rows: [
        row('per-worker', 'tasks/s each', 'Tasks finished per second by one worker', (one) =>
          each(one, (workers) => ({ text: number(one.throughputPerSecond / workers) })),
        ),
        row('latency', 'typical task', 'From started to finished; half of the tasks took at most this long', (one) =>
          p50(one.running),
        ),
        row('on-core', 'computing', `With a task, on a core; ${OF_TIME}`, (one) => share(one, 'computing')),
        row(
          'off-thread',
          'in helpers',
          `Task thread waiting while helper threads or child processes used the CPU; ${OF_TIME}`,
          (one) => share(one, 'offThread'),
        ),
        row('waiting', 'waits for a core', `With a task, ready to run, but without a core; ${OF_TIME}`, (one) =>
          share(one, 'waitingForCore'),
        ),
        ...(locks
          ? [
              row('lock-wait', 'waits for the lock', `${LOCK_WAIT}; ${OF_TIME}`, (one) =>
                one.lock?.lock === 'shared' ? share(one, 'waitingForLock') : lockWaitCell(one.lock),
              ),
            ]
          : []),
        row('waiting-else', 'other waiting', `With a task, waiting for what was not measured; ${OF_TIME}`, (one) =>
          share(one, 'waitingElse'),
        ),
        row('between', 'between tasks', `Without a task; ${OF_TIME}`, (one) => share(one, 'betweenTasks')),
        ...(locks ? [row('cores-busy', 'cores busy', CORES_BUSY, (one) => coresBusyCell(one.lock))] : []),
        row('memory', 'memory each', MEMORY, (one) => memoryCell(one.memory)),
        ...(hosted
          ? [
              row('host', 'threads’ process', 'The process in which the worker threads ran', (one) =>
                hostCell(one.threadHost),
              ),
            ]
          : []),
        row('start-up', 'to start', START_UP, (one) => keptCell(one) ?? known(one.startUpMs, duration)),
        row('hand-over', 'to hand a task', HAND_OVER, (one) => known(one.handOverUs, durationOfUs)),
        ...(locks ? [row('releases', 'releases the lock', RELEASES, (one) => releasesCell(one.lock))] : []),
      ],
    },
  ];
}

type Lock = LockProgress | null | undefined;

/** CPU time ÷ wall time: how many cores an interpreter's workers keep busy. */
export function coresBusyCell(lock: Lock): Cell {
  if (!lock) return nothing;
  return { text: lock.coresBusy === null ? null : coreCount(lock.coresBusy) };
}

/** How long the workers wait for the lock, of their time, and how that is known. */
export function lockWaitCell(lock: Lock): Cell {
  if (!lock) return nothing;
  if (lock.lock === 'off') return { text: 'no lock', title: 'This Python runs without an interpreter lock' };
  if (lock.lock === 'own')
    return { text: 'own lock', title: 'Each worker has its own interpreter and lock, so none waits' };
  if (lock.waitingShare === null) return nothing;
  const { probe } = lock;
  const cost = probe?.cpuShare === null || probe === null ? '' : `, which took ${percent(probe.cpuShare)} of one core`;
  const from =
    lock.waitingFrom === 'at-most'
      ? 'An upper bound: time off a core × how often the lock was found held'
      : `An estimate from ${plural(probe?.looks ?? 0, 'probe')}${cost}`;
  return { text: `${lock.waitingFrom === 'at-most' ? '≤ ' : ''}${percent(lock.waitingShare)}`, title: from };
}

/** Whether the workload was shown to let others compute while it works. */
export function releasesCell(lock: Lock): Cell {
  if (!lock || lock.lock !== 'shared' || lock.releasesLock === null)
    return { ...nothing, title: 'Not determined, or no other thread needs the lock' };
  return { text: lock.releasesLock ? 'yes' : 'no' };
}
