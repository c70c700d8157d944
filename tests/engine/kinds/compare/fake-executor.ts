import type { ExecutorKey } from '../../../../src/contract';
import { nowMs } from '../../../../src/engine/system/clock';
import type { Executor } from '../../../../src/engine/executor';
import type { TaskInput } from '../../../../src/engine/workload/workload';
import { actedExecutor } from '../acted-executor';

export interface FakeOptions {
  name: ExecutorKey;
  /** The answer to a task; what it throws fails the task. */
  answer(input: TaskInput, task: number): number;
}

/** An executor that answers at once, in this thread: for what real workers do too seldom. */
export function fakeExecutor({ name, answer }: FakeOptions): Executor<TaskInput, number> {
  return actedExecutor(name, async ({ source, settle, cancelled }) => {
    await new Promise((resolve) => setImmediate(resolve));
    for (let argument = source.next(); argument !== undefined && !cancelled(); argument = source.next()) {
      const input = argument;
      const startedMs = nowMs();
      settle({ argument: input, worker: 1, startedMs, finishedMs: startedMs }, (task) => answer(input, task));
    }
  });
}
