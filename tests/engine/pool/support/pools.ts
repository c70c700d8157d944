import { resolve } from 'node:path';
import type { ExecutorEvent, PoolExecutor, TaskOutcome } from '../../../../src/engine/executor';
import {
  createHostedThreadPool,
  createProcessPool,
  createThreadPool,
  type KeepLimits,
} from '../../../../src/engine/pool';
import { ENTRIES, ROOT } from '../../../support/paths';

/** What the test tasks of tests/fixtures/pool/tasks.mjs are asked to do. */
export interface TestTask {
  kind: string;
  [more: string]: unknown;
}
export type TestPool = PoolExecutor<TestTask, unknown>;
export type TestOutcome = TaskOutcome<TestTask, unknown>;

export const TASKS = resolve(ROOT, 'tests/fixtures/pool/tasks.mjs');

interface TestPoolOptions {
  tasks?: string;
  maxQueued?: number;
  heapMb?: number;
  deadlineMs?: number;
  keep?: KeepLimits;
}

const settings = ({ tasks = TASKS, ...more }: TestPoolOptions = {}) => ({ entries: { ...ENTRIES, tasks }, ...more });

/** One of the pools, and what it is made with. */
export interface PoolKind {
  title: string;
  name: 'threads' | 'processes';
  /** Whether its threads have a process of their own. */
  hosted: boolean;
  create: (options?: TestPoolOptions) => TestPool;
}

export const THREADS: PoolKind = {
  title: 'threads',
  name: 'threads',
  hosted: false,
  create: (options) => createThreadPool<TestTask, unknown>(settings(options)),
};
export const HOSTED_THREADS: PoolKind = {
  title: 'threads in a process of their own',
  name: 'threads',
  hosted: true,
  create: (options) => createHostedThreadPool<TestTask, unknown>(settings(options)),
};
export const PROCESSES: PoolKind = {
  title: 'processes',
  name: 'processes',
  hosted: false,
  create: (options) => createProcessPool<TestTask, unknown>(settings(options)),
};

/** All pools: every test of this folder that is not about one of them runs on each. */
export const POOLS: PoolKind[] = [THREADS, HOSTED_THREADS, PROCESSES];

/** Resolves with the first event that fits. */
export function nextEvent<T extends ExecutorEvent['type']>(
  pool: Pick<TestPool, 'on'>,
  type: T,
  fits: (event: Extract<ExecutorEvent, { type: T }>) => boolean = () => true,
): Promise<Extract<ExecutorEvent, { type: T }>> {
  return new Promise((resolve) => {
    const off = pool.on((event) => {
      if (event.type !== type) return;
      const fitting = event as Extract<ExecutorEvent, { type: T }>;
      if (!fits(fitting)) return;
      off();
      resolve(fitting);
    });
  });
}

/** Resolves once the condition holds, looked at after every event of the pool and now and then between. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

export function valueOf(outcome: TestOutcome): unknown {
  if (outcome.state !== 'done') throw new Error(`The task is ${outcome.state}: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

export function errorOf(outcome: TestOutcome) {
  if (outcome.state !== 'failed') throw new Error(`The task is ${outcome.state} and not failed.`);
  return outcome.error;
}
