import { describe, expect, it } from 'vitest';
import type { TaskSource } from '../../../../src/engine/executor';
import { createFeeding } from '../../../../src/engine/kinds/live/feeding';
import type { NodeExecutor } from '../../../../src/engine/kinds/shared/staffing';
import type { TaskInput } from '../../../../src/engine/workload/workload';

const inputs: TaskInput[] = [0, 1, 2].map((seed) => ({ workload: 'w', size: 1, seed }));

/** An executor whose tasks settle when the test says so. */
function handExecutor(name: 'threads' | 'processes') {
  let source: TaskSource<TaskInput, number> | null = null;
  let end: () => void = () => {};
  const taken: TaskInput[] = [];
  const stamps = { id: 0, worker: 1, attempts: 1, queuedMs: 0, finishedMs: 1 };
  return {
    taken,
    feeding: () => source !== null,
    pull: () => {
      const argument = source?.next();
      if (argument) taken.push(argument);
      return argument;
    },
    settleFirst: () => source?.settled({ ...stamps, state: 'done', startedMs: 0, argument: taken.shift()!, value: 1 }),
    drained: async () => {
      source = null;
      end();
      await Promise.resolve();
    },
    executor: {
      name,
      feed: (given: TaskSource<TaskInput, number>) => {
        source = given;
        return new Promise<void>((resolve) => (end = resolve));
      },
      cancelAll: async () => {
        const returned = taken.splice(0);
        for (const argument of returned)
          source?.settled({ ...stamps, attempts: 0, state: 'cancelled', startedMs: null, argument });
        source = null;
        end();
      },
    } as unknown as NodeExecutor,
  };
}

function feedTwo(limit: number | null) {
  const threads = handExecutor('threads');
  const processes = handExecutor('processes');
  const workers = { threads: 1, processes: 1 };
  const settled: number[] = [];
  const booked: string[] = [];
  let finished = 0;
  const feeding = createFeeding({
    inputs,
    limit,
    workersOf: (executor) => workers[executor.name as 'threads' | 'processes'],
    settled: (_, outcome, input) => {
      booked.push(outcome.state);
      if (outcome.state === 'done') settled.push(input);
    },
    finished: () => finished++,
    broke: (error) => {
      throw error;
    },
  });
  feeding.resized(threads.executor);
  feeding.resized(processes.executor);
  return { threads, processes, workers, settled, booked, feeding, finished: () => finished };
}

describe('feeding executors', () => {
  it('hands out inputs in turn, to any executor that asks', () => {
    const { threads, processes, settled } = feedTwo(null);
    threads.pull();
    processes.pull();
    threads.pull();
    threads.pull();
    for (let i = 0; i < 3; i++) threads.settleFirst();
    processes.settleFirst();
    expect(settled).toEqual([0, 2, 0, 1]);
  });

  it('stops at the limit and tells when all of it is done', () => {
    const { threads, processes, finished } = feedTwo(2);
    threads.pull();
    processes.pull();
    expect(threads.pull()).toBeUndefined();
    threads.settleFirst();
    expect(finished()).toBe(0);
    processes.settleFirst();
    expect(finished()).toBe(1);
  });

  it('gives the queue of an executor that lost its workers to the others, also when they had run dry', async () => {
    const { threads, processes, workers, feeding, finished } = feedTwo(2);
    threads.pull();
    processes.pull();
    threads.settleFirst();
    await threads.drained();
    await Promise.resolve();
    expect(threads.feeding()).toBe(false);
    workers.processes = 0;
    feeding.resized(processes.executor);
    await Promise.resolve();
    expect(threads.feeding()).toBe(true);
    expect(threads.pull()).toBe(inputs[1]);
    threads.settleFirst();
    expect(finished()).toBe(1);
  });

  it('books no task that was taken ahead and not begun when the run ends', async () => {
    const { threads, booked, feeding } = feedTwo(null);
    threads.pull();
    threads.pull();
    threads.settleFirst();
    expect(feeding.underWay()).toBe(1);
    feeding.stop();
    await threads.executor.cancelAll();
    expect(booked).toEqual(['done']);
    expect(feeding.underWay()).toBe(0);
  });

  it('hands out nothing once stopped', () => {
    const { threads, feeding } = feedTwo(null);
    feeding.stop();
    expect(threads.pull()).toBeUndefined();
  });
});
