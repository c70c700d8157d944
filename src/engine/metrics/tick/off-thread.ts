import { readdirSync, readFileSync } from 'node:fs';
import type { ByExecutor, ExecutorKey } from '../../../contract';
import { parseSchedstat } from '../../system/proc-stat';
import type { WatchedWorker } from '../types';
import { createDescendantsReader } from './descendants';
import { parseProcessTimes } from './process-times';
import type { ProcFiles } from './proc-files';
import type { WorkerUseReader } from './worker-use';

/** What was used beside the threads that run tasks, ms since the last read; null where that is not known. */
export interface OffThread {
  /** By executor: other threads of the workers' processes, and what their tasks started. */
  byExecutor: ByExecutor<number | null>;
  /** The engine's process less its worker threads. */
  engineMs: number | null;
}

/** Follows what processes use beside their watched threads (Linux); elsewhere nothing is known. */
export interface OffThreadReader {
  /** Replaces the list, which `threads` has been given already. */
  watch(workers: readonly WatchedWorker[]): void;
  read(): OffThread;
}

export interface OffThreadOptions {
  files: ProcFiles;
  /** Who follows the threads of the same workers. */
  threads: Pick<WorkerUseReader, 'usedMs'>;
  /** The engine's process: what it uses beside its worker threads is its own. */
  engine: number;
  descendants?: ReturnType<typeof createDescendantsReader>;
  /** Reads each thread of a process too, whose times are exact: for one look at a short time, as it costs about 0.1 ms a process. */
  exact?: boolean;
}

/** A process that has workers. */
interface Followed {
  /** null of the engine itself. */
  executor: ExecutorKey | null;
  pid: number;
  /** Its workers. */
  members: string;
  /** Others start in it: nothing is known meanwhile. */
  joined: boolean;
  /** Its tasks may start processes. */
  starts: boolean;
  /** CPU time of its workers' threads when it was read last, ms. */
  usedMs: number | null;
  /** Threads of it that do no task's work. */
  ours: readonly number[];
  /** What it had used beside its workers' threads at the last read, ms; null where that is not known. */
  restMs: number | null;
  /** That was less at the last read than before. */
  fell: boolean;
}

/**
 * Processes tell their time in steps of 10 ms of each kind: a fall of more than those is one that was missed in between (what
 * is being waited for is for a moment nobody's), or lost (a process that nobody waits for).
 */
const STEPS_MS = 40;

/**
 * Tasks that come with Coreloom compute on their threads; beside that there is what the runtime does for it, such as
 * collecting garbage. It is looked for again once that much was computed, ms: nothing is lost, as times are sums.
 */
const WORTH_MS = 20;

/** Processes read at one read at most, beside the engine: what the others used is told when their turn comes. */
const AT_ONCE = 32;

/** Whose turn it is: all of them where they are few. */
function createTurns(): <T>(all: readonly T[]) => ReadonlySet<T> {
  let next = 0;
  return (all) => {
    if (all.length <= AT_ONCE) return new Set(all);
    const first = next % all.length;
    next = first + AT_ONCE;
    return new Set([...all, ...all].slice(first, first + AT_ONCE));
  };
}

export function createOffThreadReader({
  files,
  threads,
  engine,
  descendants = createDescendantsReader(),
  exact = false,
}: OffThreadOptions): OffThreadReader {
  let followed = new Map<number, Followed>();
  let executors = new Set<ExecutorKey>();
  const turns = createTurns();
  /** By executor, since the reader was made: what there was, and how much of it was told. Steps even out only in sums. */
  const sums = new Map<ExecutorKey | null, { seenMs: number; toldMs: number }>();

  function usedBeside(process: Followed, living: ReadonlyMap<number, number>): number | null {
    const { pid, ours, executor } = process;
    const times = parseProcessTimes(files.read(`/proc/${String(pid)}/stat`) ?? '');
    const used = [
      threads.usedMs(pid),
      ...ours.map((tid) => parseSchedstat(files.read(schedstat(pid, tid)) ?? '')?.cpuMs ?? null),
    ];
    if (times === null || used.includes(null)) return null;
    const startedMs = executor === null ? 0 : times.waitedForMs + (living.get(pid) ?? 0);
    // What threads that live have used is at most what all have, which is told in steps.
    const ownMs = exact ? Math.max(times.ownMs, livingThreadsMs(pid)) : times.ownMs;
    return ownMs + startedMs - used.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  }

  function livingBeneath(processes: readonly Followed[]): Map<number, number> {
    const roots = new Set(processes.filter(({ starts }) => starts).map(({ pid }) => pid));
    return roots.size === 0 ? new Map() : descendants(roots);
  }

  function isWorthALook({ pid, starts, usedMs }: Followed): boolean {
    const now = threads.usedMs(pid);
    return starts || now === null || usedMs === null || now - usedMs >= WORTH_MS;
  }

  function grownMs(process: Followed, living: ReadonlyMap<number, number>): number | null {
    const before = process.restMs;
    const now = process.joined ? null : usedBeside(process, living);
    process.usedMs = threads.usedMs(process.pid);
    if (now === null || before === null) {
      process.restMs = now;
      return null;
    }
    const fell = now < before - STEPS_MS;
    if (fell && !process.fell) {
      process.fell = true;
      return 0;
    }
    process.fell = false;
    process.restMs = now;
    return fell ? 0 : now - before;
  }

  function told(executor: ExecutorKey | null, grown: readonly (number | null)[]): number | null {
    const known = grown.filter((ms) => ms !== null);
    if (known.length === 0) return null;
    const sum = sums.get(executor) ?? { seenMs: 0, toldMs: 0 };
    sum.seenMs += known.reduce((total, ms) => total + ms, 0);
    const moreMs = Math.max(0, sum.seenMs - sum.toldMs);
    sum.toldMs += moreMs;
    sums.set(executor, sum);
    return moreMs;
  }

  /** A process that was followed with other workers is known again from the next read on. */
  function follow(process: Followed): Followed {
    const known = followed.get(process.pid);
    if (known === undefined)
      return { ...process, restMs: process.joined ? null : usedBeside(process, livingBeneath([process])) };
    return known.members === process.members && known.joined === process.joined ? known : process;
  }

  return {
    watch(workers) {
      if (process.platform !== 'linux') return;
      const next = new Map(processesOf(workers, engine).map((one) => [one.pid, follow(one)]));
      for (const [pid, one] of followed) if (!next.has(pid)) release(files, one);
      followed = next;
      executors = new Set(workers.map(({ executor }) => executor));
    },
    read() {
      const all = [...followed.values()];
      const due = exact ? new Set(all) : turns(all.filter((one) => one.executor !== null && isWorthALook(one)));
      const living = livingBeneath(all);
      const waits = (one: Followed): boolean => one.executor !== null && one.restMs !== null && !due.has(one);
      const grown = all.map((one) => ({ executor: one.executor, ms: waits(one) ? 0 : grownMs(one, living) }));
      const of = (executor: ExecutorKey | null): number | null =>
        told(
          executor,
          grown.filter((one) => one.executor === executor).map(({ ms }) => ms),
        );
      return { byExecutor: Object.fromEntries([...executors].map((name) => [name, of(name)])), engineMs: of(null) };
    },
  };
}

const schedstat = (pid: number, tid: number): string => `/proc/${String(pid)}/task/${String(tid)}/schedstat`;

/** The processes that the workers are in, and the engine's. */
function processesOf(workers: readonly WatchedWorker[], engine: number): Followed[] {
  const byPid = new Map<number, WatchedWorker[]>([[engine, []]]);
  for (const worker of workers) byPid.set(worker.pid, [...(byPid.get(worker.pid) ?? []), worker]);
  return [...byPid].map(([pid, members]) => processOf(pid, members, pid === engine));
}

function processOf(pid: number, workers: readonly WatchedWorker[], isEngine: boolean): Followed {
  const [first] = workers;
  // The first thread of a process that holds threads hands on what they say.
  const holder = first?.kind === 'thread' ? [pid] : [];
  return {
    pid,
    executor: isEngine ? null : (first?.executor ?? null),
    members: workers.map(({ worker, tid }) => `${String(worker)}:${String(tid)}`).join(' '),
    joined: workers.some(({ joined }) => joined === true),
    starts: !isEngine && workers.some(({ starts }) => starts === true),
    ours: isEngine ? [] : [...new Set([...holder, ...workers.flatMap(({ ours }) => ours ?? [])])],
    usedMs: null,
    restMs: null,
    fell: false,
  };
}

function livingThreadsMs(pid: number): number {
  try {
    const tids = readdirSync(`/proc/${String(pid)}/task`).map(Number);
    return tids.reduce(
      (sum, tid) => sum + (parseSchedstat(readFileSync(schedstat(pid, tid), 'latin1'))?.cpuMs ?? 0),
      0,
    );
  } catch {
    // It has ended, or one of its threads has meanwhile.
    return 0;
  }
}

function release(files: ProcFiles, { pid, ours }: Followed): void {
  files.release(`/proc/${String(pid)}/stat`);
  for (const tid of ours) files.release(schedstat(pid, tid));
}
