import type { WorkloadKind } from '../../src/contract';
import type { Seen } from '../../src/engine/kinds/live/picture';

/**
 * What a claim is, for saying whether it must or must not be made: its kind, and what it is about. Written by hand beside
 * each situation, from what somebody who knows the situation would and would not say.
 */
export type Tag =
  | 'computes'
  | 'waits'
  | 'both'
  | 'off-thread'
  | 'busy'
  | 'meanwhile'
  | 'besides'
  | 'clock-fell'
  | 'failed'
  | 'between-tasks'
  | 'waited-for-core'
  | 'lock-released'
  | 'cause:hand-over'
  | 'cause:between-engine'
  | 'cause:lock'
  | 'cause:quota'
  | 'cause:own-workers'
  | 'cause:engine'
  | 'cause:start-up'
  | 'cause:besides'
  | 'cause:helper-threads'
  | 'cause:unseen'
  | 'advice:more-can-wait'
  | 'advice:cores-left'
  | 'advice:only-queue'
  | 'not-known:too-busy'
  | 'not-known:waiting-for-core'
  | 'not-known:who-had-the-cores'
  | 'not-known:rest'
  | 'not-known:too-short'
  | 'not-known:not-available'
  | 'not-known:nothing-done'
  | 'not-known:all-failed'
  | 'not-known:no-worker'
  | 'not-known:no-sample'
  | 'not-known:samples-stopped'
  | 'not-known:impossible';

/** A situation as somebody would tell of it: shares are of the workers' time, cores are CPU time ÷ wall time. */
interface Told {
  kind?: WorkloadKind;
  title?: string;
  workers: number;
  cores?: number;
  /** On a core, ready without one, without a task, and waiting for the lock. */
  cpu: number;
  queued?: number;
  between?: number;
  lock?: number;
  /** Cores used off the tasks' threads; null where nobody can tell. */
  off?: number | null;
  /** Cores that others used, and Coreloom's engine. */
  besides?: number;
  engine?: number;
  seconds?: number;
  taskMs?: number;
  handOverUs?: number;
  starting?: number;
  quota?: number;
  /** Of 10 periods of the quota, those in which it stopped its processes. */
  stopped?: number;
  /** Threads of the workers that share a lock, whether it was released, and how many cores its interpreter used. */
  sharing?: number;
  released?: boolean;
  lockCores?: number;
  /** Fewest and most workers, and those of now, where their number changed: `workers` is their mean. */
  from?: number;
  now?: number;
  to?: number;
  atMost?: boolean;
  tasks?: number;
  failed?: number;
}

/** The sums that a situation so told would have come to. */
export function seenOf(told: Told): Seen {
  const {
    kind = 'cpu',
    workers,
    cores = 2,
    cpu,
    queued = 0,
    between = 0.01,
    off = 0,
    besides = 0.03,
    engine = 0.02,
    seconds = 3,
    sharing,
  } = told;
  const elapsedMs = seconds * 1000;
  const workersMs = workers * elapsedMs;
  const usedCores = workers * cpu + (off ?? 0);
  return {
    workload: { title: told.title ?? TITLES[kind], kind },
    limits: { effectiveCpus: Math.min(told.quota ?? cores, cores), quotaCpus: told.quota ?? null },
    cores,
    workers: told.now ?? workers,
    tasks: told.tasks ?? 100,
    failed: told.failed ?? 0,
    elapsedMs,
    workersMs,
    tasksMs: workersMs * (1 - between),
    cpuMs: workersMs * cpu,
    runQueueMs: workersMs * queued,
    offThreadCpuMs: off === null ? null : off * elapsedMs,
    meanTaskMs: told.taskMs ?? 20,
    handOverUs: told.handOverUs ?? 60,
    engineCpuMs: engine * elapsedMs,
    machineCpuMs: (usedCores + besides + engine) * elapsedMs,
    starting: told.starting ?? 0,
    range: { least: told.from ?? workers, most: told.to ?? workers },
    throttled:
      told.stopped === undefined
        ? null
        : { periods: 10 * seconds, stopped: told.stopped * seconds, stoppedMs: told.stopped * 40 * seconds },
    lock:
      sharing === undefined
        ? null
        : {
            workers: sharing,
            workersMs: sharing * elapsedMs,
            waitingShare: told.lock ?? 0,
            waitingFrom: told.atMost === true ? 'at-most' : 'seen',
            releasesLock: told.released ?? false,
            coresBusy: told.lockCores ?? sharing * cpu,
          },
  };
}

const TITLES: Record<WorkloadKind, string> = {
  cpu: 'SHA-256',
  io: 'Sleep',
  mixed: 'Fetch and hash',
  custom: 'task.mjs',
};

export interface Base extends Told {
  name: string;
  must: Tag[];
  /** Beside these, no cause, no advice and nothing else that a workload does than `must` has. */
  mustNot?: Tag[];
}
