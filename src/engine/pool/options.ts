import type { ExecutorName, ThreadHost } from '../../contract';
import type { StartWorker } from '../worker';

export interface PoolOptions {
  name: ExecutorName;
  start: StartWorker;
  /** Where the workers are, where they are threads of Node. */
  threadHost?: ThreadHost;
  /** Work that a worker has waiting beside the task it runs, ms: enough to bridge a hand-over. 1 where not given. */
  aheadMs?: number;
  /**
   * Longest running time of any task, ms, where there is one: a task beyond it fails, and its worker is replaced. Unlike a
   * task's own deadline it lets workers have tasks in batches; it is looked at four times in its length.
   */
  deadlineMs?: number;
  /** Tasks that may wait to be run; `submit` refuses more with `queue-full`. No limit where not given. */
  maxQueued?: number;
  /** Ends what the workers share, after the last of them. */
  dispose?(): Promise<void>;
}
