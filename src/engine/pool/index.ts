import { statSync } from 'node:fs';
import { CoreloomError, type ExecutorKey } from '../../contract';
import type { Entries } from '../entries';
import { workerEnvironment } from '../system/environment';
import { forkStarter } from './fork-worker';
import { Guard } from './guard';
import { HostedThreads } from './hosted-worker';
import type { Shared } from './messages';
import type { PoolExecutor } from '../executor';
import type { KeepLimits } from './kept';
import { Pool, type PoolOptions } from './pool';
import { threadStarter } from './thread-worker';

/** The files that a worker thread starts with. */
type ThreadEntries = Pick<Entries, 'thread' | 'tasks'>;
/** The files that threads in a process of their own, and that process, start with. */
export type HostedThreadEntries = Pick<Entries, 'threadHost' | 'thread' | 'guard' | 'tasks'>;
/** The files that a worker process starts with. */
export type ProcessEntries = Pick<Entries, 'fork' | 'guard' | 'tasks'>;

/** A process that ends others, by their ids, should this one be killed. */
export function createGuard(entries: Pick<Entries, 'guard'>, run: string | null = null): Guard {
  return new Guard(entries.guard, run);
}

/** Makes an empty pool of workers that the caller starts: for further runtimes. */
export function createPool<A, R>(options: PoolOptions): PoolExecutor<A, R> {
  return new Pool<A, R>(options);
}

export type { KeepLimits } from './kept';

export interface PoolSettings<E> {
  entries: E;
  /** What the pool is called in statuses and errors: `sequential` for the baseline of one worker. */
  name?: ExecutorKey;
  /** Tasks that may wait to be run: `submit` refuses more with `queue-full`, `feed` waits. No limit by default. */
  maxQueued?: number;
  /** Memory that the JavaScript objects of one worker may take, MiB; default: Node's own limit. */
  heapMb?: number;
  /** The workers' environment; by default little but where programs and folders are. */
  environment?: Record<string, string>;
  /** Unique run name; processes started by the user's code are found by it and ended with their worker. */
  run?: string;
  /** Threads in a process of their own: keeps idle ones for work that asks for it (`Executor.keep`). */
  keep?: KeepLimits | undefined;
  /** Longest running time of any task, ms: beyond it a task fails with `task-deadline`, and its worker is replaced. */
  deadlineMs?: number;
}

/** Threads in this process: what the user's code starts would be found by its name as started by this process itself. */
type ThreadPoolSettings = Omit<PoolSettings<ThreadEntries>, 'run'>;

/** What workers that start from now on are to load beyond what all need, and to share: told to the pool, read as each is started. */
function expectation(): { expect: PoolOptions['expect']; workload(): string | null; shared(): Shared | null } {
  let expected: { workload: string | null; shared: Shared | null } = { workload: null, shared: null };
  return {
    expect(workload, values) {
      expected = { workload, shared: workload === null || values === undefined ? null : { workload, values } };
    },
    workload: () => expected.workload,
    shared: () => expected.shared,
  };
}

/** A pool of worker threads in this process, with no workers yet. Throws `bad-input` where an entry is missing. */
export function createThreadPool<A, R>(settings: ThreadPoolSettings): PoolExecutor<A, R> {
  const { entries, name = 'threads', maxQueued, heapMb, deadlineMs, environment = workerEnvironment() } = settings;
  assertCounts(settings);
  assertPresent(entries.thread, entries.tasks);
  const { expect, workload } = expectation();
  const start = threadStarter(entries.thread, entries.tasks, name, { heapMb });
  return new Pool<A, R>({
    name,
    maxQueued,
    deadlineMs,
    threadHost: 'engine',
    expect,
    start: (worker, events) => start(worker, { environment, workload: workload(), markIndex: null }, events),
  });
}

/**
 * A pool of worker threads in one forked process, with no workers yet: what ends that process, an out-of-memory above
 * all, ends its threads and nothing else. Throws `bad-input` where an entry is missing.
 */
export function createHostedThreadPool<A, R>(settings: PoolSettings<HostedThreadEntries>): PoolExecutor<A, R> {
  const {
    entries,
    name = 'threads',
    maxQueued,
    heapMb,
    deadlineMs,
    environment = workerEnvironment(),
    run,
    keep,
  } = settings;
  assertCounts(settings);
  assertPresent(entries.threadHost, entries.thread, entries.guard, entries.tasks);
  const { expect, workload, shared } = expectation();
  const threads = new HostedThreads({
    entries: { host: entries.threadHost, thread: entries.thread, tasks: entries.tasks },
    workload,
    shared,
    executor: name,
    heapMb,
    environment,
    guard: new Guard(entries.guard, run),
    line: (text, atMs, lost) => {
      pool.printed(text, atMs, lost);
    },
  });
  const pool = new Pool<A, R>({
    name,
    maxQueued,
    deadlineMs,
    threadHost: 'own-process',
    expect,
    keep,
    fresh: threads.fresh.bind(threads),
    start: threads.start,
    dispose: () => threads.dispose(),
  });
  return pool;
}

/** A pool of forked processes, with no workers yet. Throws `bad-input` where an entry is missing. */
export function createProcessPool<A, R>(settings: PoolSettings<ProcessEntries>): PoolExecutor<A, R> {
  const {
    entries,
    name = 'processes',
    maxQueued,
    heapMb,
    deadlineMs,
    environment = workerEnvironment(),
    run,
  } = settings;
  assertCounts(settings);
  assertPresent(entries.fork, entries.guard, entries.tasks);
  const guard = new Guard(entries.guard, run);
  const { expect, workload } = expectation();
  const start = forkStarter(entries, { executor: name, heapMb, guard, environment, workload });
  return new Pool<A, R>({ name, maxQueued, deadlineMs, expect, start, dispose: () => guard.close() });
}

function assertPresent(...files: string[]): void {
  for (const file of files) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
      throw new CoreloomError('bad-input', `The workers' file ${file} does not exist; build the application first.`);
  }
}

/** Largest number that the settings of a pool may be. */
const MAX_SETTING = 2 ** 32;

function assertCounts<E>({ maxQueued, heapMb }: PoolSettings<E>): void {
  for (const [name, value] of Object.entries({ maxQueued, heapMb })) {
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= MAX_SETTING)) continue;
    throw new CoreloomError(
      'bad-input',
      `${name} of a pool must be a whole number from 1 to ${String(MAX_SETTING)}, or left out for no limit, not ${String(value)}.`,
    );
  }
}
