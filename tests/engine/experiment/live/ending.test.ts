import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/engine/experiment/live/ending';
import type { RunRecord } from '../../../../src/engine/experiment/live/record';

const failing = (failed: number): RunRecord => ({ counts: () => ({ done: 0, failed }), tasks: { firstError: () => 'It broke.' } }) as unknown as RunRecord;

describe('the end of a run of which every task failed', () => {
  it.each([
    [1, 'The only task failed; it said: It broke.'],
    [3, 'All 3 tasks failed; the first said: It broke.'],
  ])('is a failure that counts %d of them in plain words', (failed, message) => {
    expect(judge({ outcome: 'completed', failure: null }, failing(failed))).toEqual({ outcome: 'failed', failure: { code: 'task-threw', message } });
  });
});
