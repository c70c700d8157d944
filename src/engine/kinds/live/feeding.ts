import type { ExecutorKey } from '../../../contract';
import type { TaskOutcome } from '../../executor';
import type { TaskInput } from '../../workload/workload';
import { createFeeder } from './feeder';
import type { NodeExecutor } from '../shared/staffing';

export interface FeedingOptions {
  inputs: readonly TaskInput[];
  /** How many tasks in all; null without end. */
  limit: number | null;
  workersOf(executor: NodeExecutor): number;
  settled(executor: NodeExecutor, outcome: TaskOutcome<TaskInput, number>, input: number): void;
  /** Every task up to the limit is done or failed. */
  finished(): void;
  broke(error: unknown): void;
}

/** Keeps several executors busy from one feeder while their workers come and go. */
export interface Feeding {
  /** Begins to feed an executor that has workers, and takes back what one without workers holds. */
  resized(executor: NodeExecutor): void;
  /** Tasks that were handed out and have not come back. */
  underWay(): number;
  stop(): void;
}

export function createFeeding(options: FeedingOptions): Feeding {
  const { limit } = options;
  const feeder = createFeeder(options.inputs, limit);
  const fed = new Map<ExecutorKey, NodeExecutor>();
  const starved = new Set<NodeExecutor>();
  let settledTasks = 0;
  let underWay = 0;
  let stopped = false;

  const settled = (executor: NodeExecutor, outcome: TaskOutcome<TaskInput, number>): void => {
    underWay--;
    const neverBegun = outcome.state === 'cancelled' && outcome.attempts === 0;
    if (neverBegun) {
      // A pool holds tasks ahead of its workers; one that was not begun is as if it had not been handed out.
      feeder.giveBack(outcome.argument);
      if (!stopped) for (const other of starved) feed(other);
      return;
    }
    options.settled(executor, outcome, feeder.indexOf(outcome.argument));
    if (outcome.state !== 'cancelled' && ++settledTasks === limit) options.finished();
  };

  const next = (): TaskInput | undefined => {
    const input = feeder.next();
    if (input !== undefined) underWay++;
    return input;
  };

  const feed = (executor: NodeExecutor): void => {
    if (stopped || fed.has(executor.name) || options.workersOf(executor) === 0) return;
    fed.set(executor.name, executor);
    starved.delete(executor);
    executor.feed({ next, settled: (outcome) => settled(executor, outcome) }).then(
      () => {
        fed.delete(executor.name);
        // It ran out of tasks, but others may yet give some back.
        starved.add(executor);
        if (feeder.hasReturned()) feed(executor);
      },
      (error: unknown) => {
        fed.delete(executor.name);
        options.broke(error);
      },
    );
  };

  return {
    resized(executor) {
      if (options.workersOf(executor) > 0) feed(executor);
      else if (limit !== null) void executor.cancelAll({ graceMs: Number.POSITIVE_INFINITY });
    },
    underWay: () => underWay,
    stop() {
      stopped = true;
      feeder.stop();
    },
  };
}
