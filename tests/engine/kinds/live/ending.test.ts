import { describe, expect, it } from 'vitest';
import type { TaskCounts } from '../../../../src/contract';
import { judge, type End } from '../../../../src/engine/kinds/live/ending';
import type { RunRecord } from '../../../../src/engine/kinds/live/record';

const COMPLETED: End = { outcome: 'completed', failure: null };
const TIME = { tasks: null, durationMs: 2_000 };

function ended(
  counts: Partial<TaskCounts>,
  limits: { tasks: number | null; durationMs: number | null } = TIME,
  end: End | null = COMPLETED,
): End {
  const all = { done: 0, failed: 0, retried: 0, cancelled: 0, ...counts };
  return judge(end, { counts: () => all, tasks: { firstError: () => 'It broke.' } } as unknown as RunRecord, limits);
}

describe('the end of a run', () => {
  it.each([
    [1, 'The only task failed; it said: It broke.'],
    [3, 'All 3 tasks failed; the first said: It broke.'],
  ])('of which all %d tasks failed is a failure that says so', (failed, message) => {
    expect(ended({ failed })).toEqual({ outcome: 'failed', failure: { code: 'task-threw', message } });
    expect(ended({ failed }, TIME, { outcome: 'cancelled', failure: null }).outcome).toBe('failed');
  });

  it('with failed tasks is no completed run', () => {
    expect(ended({ done: 99, failed: 1 })).toEqual({ outcome: 'tasks-failed', failure: null });
    expect(ended({ done: 99, failed: 1 }, { tasks: 100, durationMs: null }).outcome).toBe('tasks-failed');
    expect(ended({ done: 100, retried: 3, cancelled: 2 })).toEqual(COMPLETED);
  });

  it('stays what it was where its user or a failure ended it', () => {
    const failure: End = { outcome: 'failed', failure: { code: 'internal', message: 'It broke.' } };
    expect(ended({ done: 1, failed: 1 }, TIME, failure)).toBe(failure);
    expect(ended({ done: 1, failed: 1 }, TIME, { outcome: 'cancelled', failure: null }).outcome).toBe('cancelled');
  });

  it.each([
    ['tasks were only begun again', { retried: 45, cancelled: 1 }, /retried 45 times because their workers died/],
    [
      'none came to its end in time',
      { cancelled: 2 },
      /2 tasks were still running when the time was up\. .* longer run\.$/,
    ],
    ['none was begun', {}, /no worker started a task/],
  ])('is no success where %s', (_, counts, message) => {
    expect(ended(counts)).toEqual({
      outcome: 'failed',
      failure: { code: 'nothing-done', message: expect.stringMatching(message) as string },
    });
  });

  it('is no success with fewer tasks than it was to do', () => {
    const { outcome, failure } = ended({ done: 1, failed: 1, retried: 27 }, { tasks: 100, durationMs: null });
    expect({ outcome, message: failure?.message }).toEqual({
      outcome: 'failed',
      message: 'The run ended before 98 of its 100 tasks were done or had failed.',
    });
    // Its time was a limit too, and came first.
    expect(ended({ done: 1 }, { tasks: 100, durationMs: 2_000 })).toEqual(COMPLETED);
  });

  it('is cancelled where somebody ended a run without limits before a task was done', () => {
    expect(ended({ cancelled: 1 }, { tasks: null, durationMs: null })).toEqual({ outcome: 'cancelled', failure: null });
  });
});
