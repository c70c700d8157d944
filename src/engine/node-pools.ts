import type { ThreadHost } from '../contract';
import type { Entries } from './entries';
import type { Executor } from './executor';
import { createHostedThreadPool, createProcessPool, createThreadPool, type KeepLimits } from './pool';
import type { TaskInput } from './workload/workload';

/** The pools of a host: worker threads, forked processes, and the one thread that comparisons hold both against. */
export interface NodePools {
  threads: Executor<TaskInput, number>;
  processes: Executor<TaskInput, number>;
  sequential: Executor<TaskInput, number>;
}

/** Threads that wait for the next run of their workload: an idle one holds about 9 MB. */
const KEPT_THREADS: KeepLimits = { most: 16, idleMs: 60_000 };

/**
 * Makes the pools, without a worker yet; `threadHost` is where the threads of built-in workloads live. In a process of
 * their own they are kept between live runs of one workload, unless `keep` is null.
 */
export function createNodePools(
  entries: Entries,
  threadHost: ThreadHost = 'engine',
  keep: KeepLimits | null = KEPT_THREADS,
): NodePools {
  const threads = threadHost === 'engine' ? createThreadPool : createHostedThreadPool;
  return {
    threads: threads<TaskInput, number>({ entries, keep: keep ?? undefined }),
    processes: createProcessPool<TaskInput, number>({ entries }),
    sequential: threads<TaskInput, number>({ entries, name: 'sequential' }),
  };
}
