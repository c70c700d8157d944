import type { WorkerSample } from '../../../contract';
import { parseSchedstat, type SchedulerTimes } from '../../system/proc-stat';
import type { WatchedWorker } from '../types';
import type { ProcFiles } from './proc-files';

/** The core that a thread ran on last: field 39 of `/proc/<pid>/task/<tid>/stat` (proc_pid_stat(5)). */
export function parseLastCore(text: string): number | null {
  // Field 2 is the name in brackets and may hold anything; each further one has a blank before it.
  let at = text.lastIndexOf(')') + 1;
  for (let field = 3; field <= 39; field++) {
    at = text.indexOf(' ', at) + 1;
    if (at === 0) return null;
  }
  const core = Number.parseInt(text.slice(at, at + 8), 10);
  return core >= 0 ? core : null;
}

/** A worker's use over one tick, with the core it was on before. */
export type WorkerTick = WorkerSample & { fromCore: number | null };

interface Watched {
  worker: WatchedWorker;
  folder: string | null;
  times: SchedulerTimes | null;
  core: number | null;
  /** CPU time since that core was looked for. */
  sinceMs: number;
}

/** Looking for a worker's core costs more than its CPU time does: it is done again once that much was used, ms. */
const WORTH_MS = 1;

/** Follows the CPU use of watched workers. */
export interface WorkerUseReader {
  /** Replaces the list; a new worker's time counts from now on. */
  watch(workers: readonly WatchedWorker[]): void;
  /** What each worker used since the last read; one that is gone has null for all of it. */
  read(): WorkerTick[];
  /** CPU time of all watched threads of a process since they began, as last read, ms; null where one of them is not known. */
  usedMs(pid: number): number | null;
}

function folderOf({ kind, pid, tid }: WatchedWorker): string | null {
  // The first thread of a process has the process's number: the one that runs the tasks of a forked worker.
  const thread = tid ?? (kind === 'process' ? pid : null);
  return thread === null ? null : `/proc/${String(pid)}/task/${String(thread)}`;
}

/** Reads worker use from the kernel's files (Linux); elsewhere, and where unknown, values are null. */
export function createWorkerUseReader(files: ProcFiles): WorkerUseReader {
  let watched = new Map<string, Watched>();
  let byPid = new Map<number, Watched[]>();

  const times = (folder: string): SchedulerTimes | null => parseSchedstat(files.read(`${folder}/schedstat`) ?? '');
  const core = (folder: string): number | null => parseLastCore(files.read(`${folder}/stat`) ?? '');

  function begin(worker: WatchedWorker): Watched {
    const folder = process.platform === 'linux' ? folderOf(worker) : null;
    if (folder === null) return { worker, folder, times: null, core: null, sinceMs: 0 };
    return { worker, folder, times: times(folder), core: core(folder), sinceMs: 0 };
  }

  function forget({ folder }: Watched): void {
    if (folder === null) return;
    files.release(`${folder}/schedstat`);
    files.release(`${folder}/stat`);
  }

  function tick(entry: Watched): WorkerTick {
    const { executor, worker } = entry.worker;
    const unknown = { executor, worker, cpuMs: null, runQueueMs: null, core: null, fromCore: null };
    if (entry.folder === null || entry.times === null) return unknown;
    const before = entry.times;
    const fromCore = entry.core;
    const now = times(entry.folder);
    if (now === null) {
      // Gone between two reads, which is normal: what it used since the last one is not known.
      entry.times = null;
      forget(entry);
      return unknown;
    }
    const cpuMs = Math.max(0, now.cpuMs - before.cpuMs);
    entry.times = now;
    entry.sinceMs += cpuMs;
    // A thread that did not run is still where it was; one that hardly did is taken to be.
    if (entry.sinceMs >= WORTH_MS) {
      entry.core = core(entry.folder) ?? entry.core;
      entry.sinceMs = 0;
    }
    return {
      executor,
      worker,
      cpuMs,
      runQueueMs: Math.max(0, now.runQueueMs - before.runQueueMs),
      core: entry.core,
      fromCore,
    };
  }

  return {
    watch(workers) {
      const next = new Map<string, Watched>();
      for (const worker of workers) {
        const key = [worker.executor, worker.worker, worker.pid, worker.tid].join(':');
        next.set(key, watched.get(key) ?? begin(worker));
        watched.delete(key);
      }
      watched.forEach(forget);
      watched = next;
      byPid = new Map([...next.values()].map(({ worker: { pid } }) => [pid, []]));
      for (const entry of next.values()) byPid.get(entry.worker.pid)?.push(entry);
    },
    read: () => [...watched.values()].map(tick),
    usedMs: (pid) => {
      const all = byPid.get(pid) ?? [];
      return all.some(({ times }) => times === null)
        ? null
        : all.reduce((sum, { times }) => sum + (times?.cpuMs ?? 0), 0);
    },
  };
}
