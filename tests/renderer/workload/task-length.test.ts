import { describe, expect, test } from 'vitest';
import { positionOf, taskMsAt } from '../../../src/renderer/src/workload/task-length';

describe('the slider of the task length', () => {
  test('goes from 0.1 ms to 1 s, and back to the same position', () => {
    expect([0, 100, 200, 300, 400].map(taskMsAt)).toEqual([0.1, 1, 10, 100, 1000]);
    for (const position of [0, 57, 160, 333, 400])
      expect(Math.abs(positionOf(taskMsAt(position)) - position)).toBeLessThanOrEqual(2);
  });
});
