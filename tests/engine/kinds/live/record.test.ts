import { describe, expect, it } from 'vitest';
import type { TaskOutcome } from '../../../../src/engine/executor';
import { createRunRecord } from '../../../../src/engine/kinds/live/record';
import type { NodeExecutor } from '../../../../src/engine/kinds/shared/staffing';
import type { TaskInput } from '../../../../src/engine/workload/workload';

const status = { desired: 1, live: 3, queued: 0, deaths: 0, workers: [] };
const threads = { name: 'threads', status: () => status } as unknown as NodeExecutor;
const task = { argument: { workload: 'primes', size: 1, seed: 1 }, id: 0, worker: 1, attempts: 1, queuedMs: 90 };

const settle = (...outcomes: TaskOutcome<TaskInput, number>[]) => {
  const record = createRunRecord([threads]);
  for (const outcome of outcomes) record.settled(threads, outcome, 0);
  return record;
};

describe('the record of a run', () => {
  it('lasts until the last task was cut off, as its worker used a core until then', () => {
    const record = settle(
      { ...task, state: 'done', startedMs: 100, finishedMs: 200, value: 1 },
      { ...task, state: 'cancelled', startedMs: 200, finishedMs: 450 },
    );
    expect(record.lastSettledMs).toBe(450);
    expect(record.running.summary()).toMatchObject({ count: 1, maxMs: 100 });
  });

  it('tells how long failed tasks ran apart from how long those that were done did', () => {
    const error = { code: 'task-threw', message: 'It broke.' } as const;
    const record = settle(
      { ...task, state: 'done', startedMs: 100, finishedMs: 200, value: 1 },
      { ...task, state: 'failed', startedMs: 200, finishedMs: 201, error },
    );
    expect(record.running.summary()).toMatchObject({ count: 1, minMs: 100 });
    expect(record.failedRunning.summary()).toMatchObject({ count: 1, maxMs: 1 });
    const reported = record.meters.get('threads')?.report({ startedMs: 0, elapsedMs: 1_000, sampledMs: 1_000 });
    expect(reported).toMatchObject({ running: { count: 1, minMs: 100 }, failedRunning: { count: 1, maxMs: 1 } });
  });

  it('does not last longer for tasks that never started', () => {
    const record = settle(
      { ...task, state: 'done', startedMs: 100, finishedMs: 200, value: 1 },
      { ...task, state: 'cancelled', worker: 0, attempts: 0, startedMs: null, finishedMs: 450 },
    );
    expect(record.lastSettledMs).toBe(200);
  });

  it('counts the workers of now where no sample came', () => {
    expect(settle().meanWorkers()).toBe(3);
  });
});
