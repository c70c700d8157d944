import { describe, expect, it } from 'vitest';
import { doneWithin } from '../../../../src/engine/kinds/scale/window';

const ran = (...times: [number, number][]) =>
  times.map(([startedMs, finishedMs]) => ({ queuedMs: startedMs, startedMs, finishedMs }));

describe('what is done within a window', () => {
  it('counts tasks that reach beyond its ends by the share inside', () => {
    expect(doneWithin(ran([0, 10], [10, 20], [20, 30]), { fromMs: 5, toMs: 25 })).toBeCloseTo(2, 9);
    expect(doneWithin(ran([0, 100]), { fromMs: 20, toMs: 70 })).toBeCloseTo(0.5, 9);
    expect(doneWithin(ran([0, 5], [30, 40]), { fromMs: 5, toMs: 30 })).toBe(0);
  });

  it('counts a task that is shorter than the clock can tell once, in the window it is in', () => {
    const shorts = ran([5, 5], [7, 7], [10, 10]);
    expect(doneWithin(shorts, { fromMs: 5, toMs: 10 })).toBe(2);
    expect(doneWithin(shorts, { fromMs: 10, toMs: 15 })).toBe(1);
  });
});
