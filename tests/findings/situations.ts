import type { WorkloadKind } from '../../src/contract';
import type { Seen } from '../../src/engine/experiment/live/claims';

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

/** Groups of tags, to forbid all of a kind at once. */
const ADVICE: readonly Tag[] = ['advice:more-can-wait', 'advice:cores-left', 'advice:only-queue'];
const CAUSES: readonly Tag[] = [
  'cause:hand-over',
  'cause:between-engine',
  'cause:lock',
  'cause:quota',
  'cause:own-workers',
  'cause:engine',
  'cause:start-up',
  'cause:besides',
  'cause:helper-threads',
];
const DOES: readonly Tag[] = ['computes', 'waits', 'both', 'off-thread', 'busy'];

export interface Situation {
  name: string;
  seen: Seen;
  over: boolean;
  must: readonly Tag[];
  mustNot: readonly Tag[];
}

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

function seenOf(told: Told): Seen {
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

interface Base extends Told {
  name: string;
  must: Tag[];
  /** Beside these, no cause, no advice and nothing else that a workload does than `must` has. */
  mustNot?: Tag[];
}

/** Situations, each with what is to be said of it. No claim about a cause or an advice but those in `must`. */
const BASES: readonly Base[] = [
  // Computing, on a quiet machine.
  { name: '2 workers compute on 2 cores', workers: 2, cpu: 0.99, must: ['computes'] },
  { name: '1 worker computes on 2 cores', workers: 1, cpu: 0.99, must: ['computes', 'advice:cores-left'] },
  { name: '1 worker computes on 1 core', workers: 1, cores: 1, cpu: 0.97, must: ['computes'] },
  { name: '1 worker computes on 64 cores', workers: 1, cores: 64, cpu: 0.99, must: ['computes', 'advice:cores-left'] },
  {
    name: '63 workers compute on 64 cores',
    workers: 63,
    cores: 64,
    cpu: 0.98,
    besides: 0,
    engine: 0,
    must: ['computes', 'advice:cores-left'],
  },
  { name: '64 workers compute on 64 cores', workers: 64, cores: 64, cpu: 0.98, must: ['computes'] },
  { name: '2 workers of a file of somebody compute', kind: 'custom', workers: 2, cpu: 0.98, must: ['computes'] },
  {
    name: '1 worker of a file of somebody computes on 8 cores',
    kind: 'custom',
    workers: 1,
    cores: 8,
    cpu: 0.98,
    must: ['computes', 'advice:cores-left'],
  },
  {
    name: '1 worker computes while others have the other core',
    workers: 1,
    cpu: 0.98,
    besides: 0.98,
    must: ['computes', 'besides'],
  },
  {
    name: '1 worker computes with tasks of 10 s',
    workers: 1,
    cpu: 0.99,
    taskMs: 10_000,
    tasks: 1,
    between: 0,
    must: ['computes', 'advice:cores-left'],
  },
  {
    name: 'a huge task alone',
    workers: 2,
    cpu: 0.5,
    between: 0.5,
    taskMs: 60_000,
    tasks: 1,
    besides: 0.05,
    must: ['computes', 'between-tasks'],
  },
  {
    name: '3 tasks for 8 workers',
    workers: 8,
    cores: 8,
    cpu: 0.3,
    between: 0.69,
    taskMs: 900,
    tasks: 3,
    must: ['computes', 'between-tasks'],
  },

  // More workers than cores.
  {
    name: '4 workers compute on 2 cores',
    workers: 4,
    cpu: 0.49,
    queued: 0.5,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '4 workers compute on 2 cores, and queue to take tasks too',
    workers: 4,
    cpu: 0.465,
    queued: 0.53,
    between: 0.12,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '8 workers compute on 2 cores',
    workers: 8,
    cpu: 0.24,
    queued: 0.75,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '128 workers compute on 2 cores',
    workers: 128,
    cpu: 0.0153,
    queued: 0.98,
    between: 0.004,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '1024 workers on 64 cores',
    workers: 1024,
    cores: 64,
    cpu: 0.061,
    queued: 0.93,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '2 workers on 1 core',
    workers: 2,
    cores: 1,
    cpu: 0.49,
    queued: 0.5,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '4 workers of a file of somebody compute on 2 cores',
    kind: 'custom',
    workers: 4,
    cpu: 0.49,
    queued: 0.5,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'advice:only-queue'],
  },
  {
    name: '4 workers compute on 2 cores, and others on half of one',
    workers: 4,
    cpu: 0.375,
    queued: 0.62,
    besides: 0.48,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'cause:besides'],
  },
  {
    name: '4 workers on 2 cores that others have for the most part',
    workers: 4,
    cpu: 0.2,
    queued: 0.79,
    besides: 1.19,
    must: ['computes', 'waited-for-core', 'cause:own-workers', 'cause:besides', 'not-known:too-busy'],
  },

  // Busy machines.
  {
    name: '2 workers compute beside two busy loops',
    workers: 2,
    cpu: 0.5,
    queued: 0.49,
    besides: 0.98,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '1 worker computes beside two busy loops',
    workers: 1,
    cpu: 0.66,
    queued: 0.33,
    besides: 1.3,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '1 worker computes on 1 core beside a busy loop',
    workers: 1,
    cores: 1,
    cpu: 0.5,
    queued: 0.49,
    besides: 0.49,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '2 workers compute beside a little of others',
    workers: 2,
    cpu: 0.85,
    queued: 0.14,
    besides: 0.28,
    must: ['computes', 'waited-for-core', 'cause:besides'],
  },
  {
    name: '2 workers wait a little for a core, and nobody saw why',
    workers: 2,
    cpu: 0.85,
    queued: 0.14,
    besides: 0.04,
    must: ['computes', 'waited-for-core', 'not-known:who-had-the-cores'],
  },
  {
    name: '2 workers wait much for a core, and nobody saw why',
    workers: 2,
    cpu: 0.4,
    queued: 0.59,
    besides: 0.04,
    must: ['computes', 'waited-for-core', 'not-known:who-had-the-cores'],
  },
  {
    name: '2 workers sleep beside two busy loops',
    kind: 'io',
    workers: 2,
    cpu: 0.01,
    queued: 0.03,
    besides: 1.96,
    must: ['waits', 'besides'],
  },
  {
    name: '8 workers sleep beside two busy loops',
    kind: 'io',
    workers: 8,
    cpu: 0.01,
    queued: 0.08,
    besides: 1.9,
    must: ['waits', 'besides'],
  },
  {
    name: '8 workers sleep shortly on a crowded machine',
    kind: 'io',
    workers: 8,
    cpu: 0.02,
    queued: 0.4,
    besides: 1.8,
    must: ['waits', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '16 workers sleep on a machine so busy that they hardly get a core',
    kind: 'io',
    workers: 16,
    cpu: 0.02,
    queued: 0.9,
    besides: 1.6,
    must: ['busy', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '16 workers sleep, and wait for a core for half of the time',
    kind: 'io',
    workers: 16,
    cpu: 0.04,
    queued: 0.55,
    besides: 1.3,
    must: ['waits', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: 'a file of somebody that sleeps, beside two busy loops',
    kind: 'custom',
    workers: 4,
    cpu: 0.005,
    queued: 0.04,
    besides: 1.9,
    must: ['waits', 'besides'],
  },
  {
    name: 'a file of somebody that is kept from the cores',
    kind: 'custom',
    workers: 2,
    cpu: 0.1,
    queued: 0.85,
    besides: 1.75,
    must: ['busy', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
    mustNot: ['waits', 'both'],
  },
  {
    name: 'work that both computes and waits, beside two busy loops',
    kind: 'mixed',
    workers: 2,
    cpu: 0.25,
    queued: 0.35,
    besides: 1.45,
    must: ['busy', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },

  {
    name: '2 workers wait for a core beside a little of others, and half of the cores are idle',
    workers: 2,
    cpu: 0.4,
    queued: 0.59,
    besides: 0.12,
    must: ['computes', 'waited-for-core', 'not-known:who-had-the-cores'],
  },
  {
    name: '2 workers wait for a core, the engine uses a little, and the cores are idle',
    workers: 2,
    cpu: 0.5,
    queued: 0.47,
    engine: 0.3,
    must: ['computes', 'waited-for-core', 'not-known:who-had-the-cores'],
  },
  {
    name: 'work that computes and waits, kept from a core by nothing that was seen',
    kind: 'mixed',
    workers: 2,
    cpu: 0.25,
    queued: 0.35,
    must: ['busy', 'waited-for-core', 'not-known:who-had-the-cores'],
    mustNot: ['both'],
  },

  // Waiting.
  { name: '2 workers sleep', kind: 'io', workers: 2, cpu: 0.004, must: ['waits', 'advice:more-can-wait'] },
  { name: '1 worker sleeps', kind: 'io', workers: 1, cpu: 0.004, must: ['waits', 'advice:more-can-wait'] },
  {
    name: '1 worker sleeps on 1 core',
    kind: 'io',
    workers: 1,
    cores: 1,
    cpu: 0.006,
    must: ['waits', 'advice:more-can-wait'],
  },
  { name: '200 workers sleep', kind: 'io', workers: 200, cpu: 0.002, must: ['waits', 'advice:more-can-wait'] },
  {
    name: '200 workers sleep shortly, and fill the cores by waking',
    kind: 'io',
    workers: 200,
    cpu: 0.0092,
    queued: 0.05,
    must: ['both'],
  },
  {
    name: '400 workers that wait fill the cores, and queue',
    kind: 'io',
    workers: 400,
    cpu: 0.0047,
    queued: 0.3,
    must: ['both', 'waited-for-core', 'cause:own-workers'],
    mustNot: ['advice:only-queue'],
  },
  {
    name: 'requests to a server that computes on another core',
    kind: 'io',
    title: 'Requests',
    workers: 4,
    cpu: 0.1,
    besides: 0.95,
    engine: 0.1,
    must: ['waits', 'besides'],
  },
  {
    name: 'files that are in memory: copying is computing',
    kind: 'io',
    title: 'Copy files',
    workers: 2,
    cpu: 0.9,
    must: ['computes'],
  },
  {
    name: 'a file of somebody that waits',
    kind: 'custom',
    workers: 2,
    cpu: 0.01,
    must: ['waits', 'advice:more-can-wait'],
  },
  { name: 'work that computes and waits', kind: 'mixed', workers: 2, cpu: 0.4, must: ['both'] },
  { name: '1 worker whose work computes and waits', kind: 'mixed', workers: 1, cpu: 0.4, must: ['both'] },
  { name: 'mixed work that mostly computes', kind: 'mixed', workers: 2, cpu: 0.8, must: ['computes'] },
  {
    name: 'a workload that computes, and did not: it stood still',
    workers: 2,
    cpu: 0.1,
    must: ['busy', 'not-known:rest'],
  },

  // Off the task's thread.
  {
    name: 'async crypto: helper threads compute',
    kind: 'custom',
    workers: 2,
    cpu: 0.03,
    off: 1.9,
    must: ['off-thread'],
  },
  {
    name: 'a task that waits for a program that computes',
    kind: 'custom',
    workers: 1,
    cpu: 0.01,
    off: 0.97,
    must: ['off-thread'],
  },
  {
    name: '1 worker whose helper threads fill 4 cores',
    kind: 'custom',
    workers: 1,
    cores: 4,
    cpu: 0.05,
    off: 3.9,
    must: ['off-thread'],
  },
  {
    name: 'zlib: half on the thread, half beside it',
    kind: 'custom',
    workers: 2,
    cpu: 0.5,
    off: 0.9,
    must: ['computes'],
  },
  { name: 'helper threads that collect garbage', kind: 'cpu', workers: 2, cpu: 0.9, off: 0.19, must: ['computes'] },
  {
    name: 'what is used beside the thread cannot be told, and something was',
    kind: 'custom',
    workers: 2,
    cpu: 0.03,
    off: null,
    besides: 1.9,
    must: ['busy', 'not-known:rest', 'besides'],
    mustNot: ['waits'],
  },
  {
    name: 'what is used beside the thread cannot be told, and nothing was',
    kind: 'custom',
    workers: 2,
    cpu: 0.03,
    off: null,
    besides: 0.05,
    must: ['waits', 'advice:more-can-wait'],
  },
  {
    name: '200 tasks wait for the helper threads that fill the cores',
    kind: 'custom',
    workers: 200,
    cpu: 0.0003,
    off: 1.9,
    must: ['off-thread'],
  },
  {
    name: 'helper threads compute, and workers queue',
    kind: 'custom',
    workers: 4,
    cpu: 0.1,
    queued: 0.3,
    off: 1.5,
    must: ['off-thread', 'waited-for-core', 'cause:helper-threads'],
    mustNot: ['cause:own-workers'],
  },
  {
    name: 'async crypto on a machine that others fill: its helper threads hardly get a core',
    kind: 'custom',
    workers: 2,
    cpu: 0.005,
    off: 0.18,
    besides: 1.75,
    must: ['busy', 'not-known:rest', 'besides'],
    mustNot: ['waits'],
  },
  {
    name: 'a program that computes for a third of the time that its task waits for it',
    kind: 'custom',
    workers: 1,
    cores: 4,
    cpu: 0.01,
    off: 0.3,
    must: ['busy', 'not-known:rest'],
    mustNot: ['off-thread', 'waits'],
  },
  {
    name: 'a program that computes for a fifth of the time',
    kind: 'custom',
    workers: 1,
    cpu: 0.01,
    off: 0.21,
    must: ['busy', 'not-known:rest'],
    mustNot: ['off-thread', 'waits'],
  },
  {
    name: 'little off the thread while sleeping',
    kind: 'io',
    workers: 2,
    cpu: 0.004,
    off: 0.02,
    must: ['waits', 'advice:more-can-wait'],
  },

  // Hand-over.
  {
    name: 'tasks of 50 µs on 2 cores',
    workers: 2,
    cpu: 0.55,
    queued: 0.2,
    between: 0.6,
    taskMs: 0.05,
    engine: 0.8,
    must: ['computes', 'between-tasks', 'cause:hand-over', 'waited-for-core', 'cause:engine'],
    mustNot: ['cause:besides'],
  },
  {
    name: 'tasks of 50 µs on 1 worker',
    workers: 1,
    cpu: 0.5,
    between: 0.6,
    taskMs: 0.05,
    engine: 0.7,
    must: ['computes', 'between-tasks', 'cause:hand-over'],
  },
  {
    name: 'empty tasks of a file of somebody',
    kind: 'custom',
    workers: 2,
    cpu: 0.5,
    between: 0.98,
    taskMs: 0.002,
    engine: 0.95,
    must: ['busy', 'between-tasks', 'cause:hand-over'],
    mustNot: ['computes', 'waits'],
  },
  {
    name: 'empty tasks on 8 workers of 2 cores',
    kind: 'custom',
    workers: 8,
    cpu: 0.12,
    queued: 0.15,
    between: 0.99,
    taskMs: 0.002,
    engine: 0.9,
    must: ['busy', 'between-tasks', 'cause:hand-over', 'waited-for-core', 'cause:engine'],
  },
  {
    name: 'tasks of 0.2 ms beside a hand-over of 15 µs',
    workers: 2,
    cpu: 0.7,
    between: 0.28,
    taskMs: 0.2,
    handOverUs: 15,
    engine: 0.5,
    must: ['computes'],
  },
  {
    name: 'short tasks that wait for a core that the engine has',
    workers: 2,
    cpu: 0.7,
    queued: 0.2,
    between: 0.2,
    taskMs: 0.3,
    engine: 0.55,
    must: ['computes', 'waited-for-core', 'cause:engine'],
  },
  {
    name: 'short tasks, and two busy loops beside',
    workers: 2,
    cpu: 0.3,
    queued: 0.5,
    between: 0.25,
    taskMs: 0.3,
    engine: 0.3,
    besides: 1.05,
    must: ['computes', 'waited-for-core', 'cause:engine', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: 'no task for most of the time, though tasks are long',
    workers: 4,
    cores: 4,
    cpu: 0.2,
    between: 0.79,
    taskMs: 400,
    must: ['computes', 'between-tasks'],
  },

  {
    name: 'short tasks whose pauses no hand-over explains',
    workers: 2,
    cpu: 0.15,
    between: 0.8,
    taskMs: 0.4,
    engine: 0.2,
    must: ['computes', 'between-tasks'],
  },
  {
    name: 'short tasks of 8 workers that the engine cannot hand out as fast',
    workers: 8,
    cores: 8,
    cpu: 0.2,
    between: 0.8,
    taskMs: 0.2,
    engine: 0.97,
    must: ['computes', 'between-tasks', 'cause:between-engine'],
  },

  // Workers that start.
  {
    name: '2 workers are added to 2',
    workers: 2,
    cpu: 0.6,
    queued: 0.39,
    besides: 0.75,
    starting: 2,
    must: ['computes', 'waited-for-core', 'cause:start-up'],
    mustNot: ['not-known:too-busy'],
  },
  {
    name: '2 workers are added to 2, and nothing was seen of what they use',
    workers: 2,
    cpu: 0.6,
    queued: 0.39,
    besides: 0.05,
    starting: 2,
    must: ['computes', 'waited-for-core', 'not-known:who-had-the-cores'],
  },
  {
    name: '2 workers are added to 2 beside a busy loop',
    workers: 2,
    cpu: 0.3,
    queued: 0.69,
    besides: 1.36,
    starting: 2,
    must: ['computes', 'waited-for-core', 'cause:start-up'],
    mustNot: ['cause:besides', 'not-known:too-busy'],
  },
  {
    name: '1 worker is added while others sleep',
    kind: 'io',
    workers: 3,
    cpu: 0.01,
    besides: 0.9,
    starting: 1,
    must: ['waits', 'advice:more-can-wait', 'besides'],
  },

  // Quotas.
  {
    name: 'a quota of half a CPU, 2 workers',
    workers: 2,
    cpu: 0.25,
    queued: 0.74,
    quota: 0.5,
    stopped: 9,
    must: ['computes', 'waited-for-core', 'cause:quota'],
  },
  {
    name: 'a quota of half a CPU, 1 worker',
    workers: 1,
    cpu: 0.5,
    queued: 0.49,
    quota: 0.5,
    stopped: 10,
    must: ['computes', 'waited-for-core', 'cause:quota'],
  },
  {
    name: 'a quota of 1.5 CPUs, 2 workers',
    workers: 2,
    cpu: 0.75,
    queued: 0.24,
    quota: 1.5,
    stopped: 10,
    must: ['computes', 'waited-for-core', 'cause:quota'],
  },
  {
    name: 'a quota that is not counted as waiting',
    workers: 2,
    cpu: 0.25,
    quota: 0.5,
    stopped: 9,
    must: ['busy', 'cause:quota'],
  },
  {
    name: 'a file of somebody under a quota that is not counted as waiting',
    kind: 'custom',
    workers: 4,
    cpu: 0.12,
    quota: 0.5,
    stopped: 9,
    must: ['busy', 'cause:quota'],
    mustNot: ['waits'],
  },
  {
    name: 'a quota that stops seldom',
    workers: 1,
    cpu: 0.98,
    cores: 4,
    quota: 1,
    stopped: 0.9,
    must: ['computes'],
    mustNot: ['cause:quota'],
  },
  {
    name: 'a quota that is never met',
    workers: 1,
    cpu: 0.98,
    cores: 4,
    quota: 2,
    stopped: 0,
    must: ['computes', 'advice:cores-left'],
  },
  {
    name: 'a quota that is never met, on a busy machine',
    workers: 2,
    cpu: 0.5,
    queued: 0.49,
    quota: 2,
    stopped: 0,
    besides: 0.98,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: 'a quota that is not met, since others have the cores',
    workers: 2,
    cpu: 0.13,
    queued: 0.86,
    quota: 0.5,
    stopped: 0,
    besides: 1.7,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '1 worker under a quota that is not met, since others have the cores',
    workers: 1,
    cpu: 0.21,
    queued: 0.78,
    quota: 0.5,
    stopped: 0,
    besides: 1.75,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
    mustNot: ['cause:own-workers'],
  },
  {
    name: '8 workers under a quota of 2 of 64 cores',
    workers: 8,
    cores: 64,
    cpu: 0.25,
    queued: 0.74,
    quota: 2,
    stopped: 10,
    must: ['computes', 'waited-for-core', 'cause:quota'],
    mustNot: ['cause:own-workers'],
  },
  {
    name: 'a quota that stops now and then, and others have the cores',
    workers: 2,
    cpu: 0.13,
    queued: 0.86,
    quota: 0.5,
    stopped: 2,
    besides: 1.7,
    must: ['computes', 'waited-for-core', 'cause:quota', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: 'sleeping under a quota',
    kind: 'io',
    workers: 8,
    cpu: 0.005,
    quota: 0.5,
    stopped: 0,
    must: ['waits', 'advice:more-can-wait'],
  },
  {
    name: 'a burst above the quota',
    workers: 2,
    cpu: 0.26,
    queued: 0.6,
    quota: 0.5,
    stopped: 8,
    must: ['computes', 'waited-for-core', 'cause:quota'],
  },

  // Python's lock.
  {
    name: '2 Python threads compute and hold the lock',
    workers: 2,
    cpu: 0.51,
    lock: 0.48,
    sharing: 2,
    must: ['computes', 'cause:lock'],
  },
  {
    name: '4 Python threads compute and hold the lock',
    workers: 4,
    cpu: 0.255,
    lock: 0.74,
    sharing: 4,
    must: ['computes', 'cause:lock'],
  },
  {
    name: '8 Python threads of a file of somebody hold the lock',
    kind: 'custom',
    workers: 8,
    cpu: 0.12,
    lock: 0.87,
    sharing: 8,
    must: ['computes', 'cause:lock'],
  },
  {
    name: '1 Python thread computes',
    workers: 1,
    cpu: 0.98,
    sharing: 1,
    must: ['computes'],
    mustNot: ['advice:cores-left'],
  },
  {
    name: '2 Python threads release the lock',
    workers: 2,
    cpu: 0.97,
    sharing: 2,
    released: true,
    must: ['computes', 'lock-released'],
  },
  {
    name: '2 Python threads release the lock, 8 cores',
    workers: 2,
    cores: 8,
    cpu: 0.97,
    sharing: 2,
    released: true,
    must: ['computes', 'lock-released', 'advice:cores-left'],
  },
  {
    name: '2 Python threads release the lock, and wait for a third of their time',
    kind: 'mixed',
    workers: 2,
    cpu: 0.65,
    sharing: 2,
    released: true,
    must: ['computes', 'lock-released'],
    mustNot: ['cause:lock'],
  },
  {
    name: '2 Python threads that release the lock beside 2 processes',
    workers: 4,
    cores: 4,
    cpu: 0.95,
    sharing: 2,
    released: true,
    must: ['computes', 'lock-released'],
  },
  {
    name: 'Python threads sleep',
    kind: 'io',
    workers: 16,
    cpu: 0.003,
    sharing: 16,
    released: true,
    must: ['waits', 'advice:more-can-wait'],
  },
  {
    name: 'the lock, seen as at most',
    workers: 2,
    cpu: 0.51,
    lock: 0.45,
    sharing: 2,
    atMost: true,
    must: ['computes', 'cause:lock'],
  },
  {
    name: 'the lock and a busy machine: shares of one whole',
    workers: 2,
    cpu: 0.25,
    queued: 0.3,
    lock: 0.45,
    sharing: 2,
    besides: 1.45,
    must: ['computes', 'waited-for-core', 'cause:besides', 'cause:lock', 'not-known:too-busy'],
  },
  {
    name: '2 Python threads beside 2 processes',
    workers: 4,
    cores: 4,
    cpu: 0.75,
    lock: 0.48,
    sharing: 2,
    lockCores: 1.02,
    must: ['computes', 'cause:lock'],
  },
  { name: 'Python processes compute on 2 cores', workers: 2, cpu: 0.98, must: ['computes'] },
  { name: 'Python interpreters compute on 2 cores', workers: 2, cpu: 0.97, must: ['computes'] },
  { name: 'Python threads whose lock is off', workers: 4, cores: 4, cpu: 0.97, must: ['computes'] },

  // Cores and workers that come and go.
  {
    name: 'more cores are busy than may be used: one came online',
    workers: 2,
    cores: 1,
    cpu: 0.95,
    must: ['computes'],
  },
  { name: 'more CPU time than workers can use', workers: 1, cores: 4, cpu: 4.5, must: ['not-known:impossible'] },
  {
    name: 'workers were 2 for half of the time and 4 then',
    workers: 3,
    cores: 4,
    cpu: 0.97,
    from: 2,
    to: 4,
    must: ['computes'],
  },
  {
    name: '2 workers, then 8, on 2 cores',
    workers: 5,
    cpu: 0.395,
    queued: 0.6,
    from: 2,
    to: 8,
    now: 8,
    must: ['computes', 'waited-for-core', 'cause:own-workers'],
  },
  {
    name: '1 of 2 workers died halfway, and others have the cores',
    workers: 1.5,
    cpu: 0.6,
    queued: 0.39,
    besides: 1.08,
    from: 1,
    to: 2,
    now: 1,
    must: ['computes', 'waited-for-core', 'cause:besides', 'not-known:too-busy'],
  },
  {
    name: '1 of 2 workers died halfway, while tasks wait',
    kind: 'mixed',
    workers: 1.5,
    cpu: 0.4,
    from: 1,
    to: 2,
    now: 1,
    must: ['both'],
  },
  {
    name: '1 of 2 workers died halfway, asleep',
    kind: 'io',
    workers: 1.5,
    cpu: 0.004,
    from: 1,
    to: 2,
    now: 1,
    must: ['waits'],
  },
  {
    name: '1 of 2 workers died just before the end',
    workers: 1.98,
    cpu: 0.98,
    from: 1,
    to: 2,
    now: 2,
    must: ['computes'],
  },
  { name: 'no worker is left', workers: 0, cpu: 0, must: ['not-known:no-worker'] },
];

/** Something that changes a situation, and what may be said of it then. */
interface Variation {
  name: string;
  over?: boolean;
  /** Not tried on those of which nothing is known anyway. */
  change(seen: Seen): Seen;
  expected(base: Base): { must: readonly Tag[]; mustNot: readonly Tag[] };
}

const nothingBut = (...tags: Tag[]): { must: readonly Tag[]; mustNot: readonly Tag[] } => ({
  must: tags,
  mustNot: without([...DOES, ...CAUSES, ...ADVICE], tags),
});
const without = (tags: readonly Tag[], others: readonly Tag[]): Tag[] => tags.filter((tag) => !others.includes(tag));
/** What stands in the table, and no other cause, advice or kind of work. */
const asTold = ({
  must,
  mustNot = [],
}: Pick<Base, 'must' | 'mustNot'>): { must: readonly Tag[]; mustNot: readonly Tag[] } => ({
  must,
  mustNot: [...mustNot, ...without([...DOES, ...CAUSES, ...ADVICE, 'not-known:too-busy', 'failed'], must)],
});

const VARIATIONS: readonly Variation[] = [
  { name: 'as it is', change: (seen) => seen, expected: asTold },
  { name: 'over 10 s, at its end', over: true, change: (seen) => longer(seen, 10_000), expected: asTold },
  {
    name: 'with one failed task',
    change: (seen) => ({ ...seen, tasks: Math.max(2, seen.tasks), failed: 1 }),
    expected: (base) => asTold({ ...base, must: [...base.must, 'failed'] }),
  },
  {
    name: 'where nearly all tasks fail',
    change: (seen) => ({ ...seen, tasks: 2, failed: 98 }),
    // Nothing is advised by tasks that fail; what they did is told, and not of what kind the work is.
    expected: ({ must }) => ({
      must: [
        ...without(must, [...ADVICE, ...DOES, 'not-known:too-busy', 'not-known:rest', 'lock-released']),
        ...(must.some((tag) => DOES.includes(tag)) ? ['meanwhile' as const] : []),
        'failed',
      ],
      mustNot: [...ADVICE, ...DOES, 'not-known:too-busy', 'lock-released'],
    }),
  },
  {
    name: 'where all tasks failed',
    over: true,
    change: (seen) => ({ ...seen, tasks: 0, failed: 7 }),
    expected: () => nothingBut('not-known:all-failed'),
  },
  {
    name: 'before a task has finished',
    change: (seen) => ({ ...seen, tasks: 0, failed: 0 }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:nothing-done'),
  },
  {
    name: 'in a run of 0.2 s',
    over: true,
    change: (seen) => longer(seen, 200),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:too-short'),
  },
  {
    name: 'where samples stopped coming',
    over: true,
    change: (seen) => ({ ...longer(seen, 200), incomplete: true }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:samples-stopped'),
  },
  {
    name: 'where no sample came',
    over: true,
    change: (seen) => ({ ...seen, elapsedMs: 0, workersMs: 0, cpuMs: null, incomplete: true }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:no-sample'),
  },
  {
    name: 'where the system tells no CPU time',
    change: (seen) => ({ ...seen, cpuMs: null, runQueueMs: null, offThreadCpuMs: null, engineCpuMs: null }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:not-available'),
  },
  {
    name: 'where nobody tells what else used the cores',
    change: (seen) => ({ ...seen, machineCpuMs: null }),
    expected: ({ must }) => ({
      must: without(must, [
        'besides',
        'not-known:who-had-the-cores',
        'cause:besides',
        'cause:start-up',
        'cause:engine',
        'advice:cores-left',
        'advice:more-can-wait',
        'not-known:too-busy',
        ...DOES,
      ]),
      mustNot: [
        'besides',
        'cause:besides',
        'cause:start-up',
        'advice:cores-left',
        'advice:more-can-wait',
        'not-known:too-busy',
      ],
    }),
  },
  {
    name: 'where nobody tells who waits for a core',
    change: (seen) => ({ ...seen, runQueueMs: null }),
    expected: ({ kind, besides = 0 }) => ({
      // On a machine that others fill it may be that they were kept from the cores: they are not said to wait.
      must: [],
      mustNot: [
        'waited-for-core',
        'cause:own-workers',
        'cause:besides',
        'cause:engine',
        ...ADVICE,
        ...(kind !== undefined && besides >= 1.45 ? ['waits' as const, 'both' as const] : []),
      ],
    }),
  },
];

/** The same for a longer or shorter time. */
function longer(seen: Seen, elapsedMs: number): Seen {
  const by = elapsedMs / seen.elapsedMs;
  const times = (ms: number | null | undefined): number | null => (ms === null || ms === undefined ? null : ms * by);
  return {
    ...seen,
    elapsedMs,
    workersMs: seen.workersMs * by,
    tasksMs: times(seen.tasksMs),
    cpuMs: times(seen.cpuMs),
    runQueueMs: times(seen.runQueueMs),
    offThreadCpuMs: times(seen.offThreadCpuMs),
    engineCpuMs: times(seen.engineCpuMs),
    machineCpuMs: times(seen.machineCpuMs),
    lock: seen.lock === null ? null : { ...seen.lock, workersMs: seen.lock.workersMs * by },
  };
}

/** Every situation in every variation. */
export const SITUATIONS: readonly Situation[] = BASES.flatMap((base) =>
  VARIATIONS.map(({ name, over = false, change, expected }) => ({
    name: `${base.name}; ${name}`,
    seen: change(seenOf(base)),
    over,
    ...expected(base),
  })),
);
