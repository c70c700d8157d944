import { describe, expect, it } from 'vitest';
import type { TaskOutcome } from '../../../../src/engine/executor';
import { createTaskRecorder } from '../../../../src/engine/kinds/live/task-table';
import type { TaskInput } from '../../../../src/engine/workload/workload';

const argument: TaskInput = { workload: 'sha256', size: 1, seed: 1 };
const done = (id: number): TaskOutcome<TaskInput, number> => ({
  state: 'done',
  argument,
  id,
  worker: 1,
  attempts: 1,
  queuedMs: 100 + id,
  startedMs: 100.5 + id,
  finishedMs: 101 + id,
  value: id * 7,
});

describe('the task table of a report', () => {
  it('keeps all tasks, with times since the start of the run and their checksums', () => {
    const recorder = createTaskRecorder(['threads']);
    for (let id = 0; id < 3; id++) recorder.add('threads', done(id), id);
    const table = recorder.table(100);
    expect(table.id).toEqual([0, 1, 2]);
    expect(table.queuedMs).toEqual([0, 1, 2]);
    expect(table.startedMs).toEqual([0.5, 1.5, 2.5]);
    expect(table.checksum).toEqual([0, 7, 14]);
    expect(recorder.thinned()).toEqual({ seen: 3, kept: 3, method: 'all kept' });
  });

  it('thins evenly once it is full, and says how', () => {
    const recorder = createTaskRecorder(['threads'], 100);
    for (let id = 0; id < 1_000; id++) recorder.add('threads', done(id), 0);
    const { id } = recorder.table(100);
    expect(id.length).toBeLessThan(100);
    const steps = new Set(id.slice(1).map((value, i) => value - (id[i] ?? 0)));
    expect([...steps]).toEqual([16]);
    expect(recorder.thinned()).toMatchObject({
      seen: 1_000,
      kept: id.length,
      method: expect.stringContaining('one task in 16'),
    });
  });

  it('has no checksum for a task that is not done, and a sentence for one that failed', () => {
    const recorder = createTaskRecorder(['threads', 'processes']);
    const { value: _, ...rest } = done(4) as Extract<TaskOutcome<TaskInput, number>, { state: 'done' }>;
    recorder.add(
      'processes',
      { ...rest, state: 'failed', error: { code: 'task-threw', message: 'The task threw.' } },
      0,
    );
    const table = recorder.table(100);
    expect(table.checksum).toEqual([null]);
    expect(table.states[table.state[0]!]).toBe('failed');
    expect(table.executors[table.executor[0]!]).toBe('processes');
    expect(table.errors).toEqual([{ id: 4, message: 'The task threw.' }]);
    expect(recorder.firstError()).toBe('The task threw.');
  });
});
