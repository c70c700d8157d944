import { describe, expect, it } from 'vitest';
import { createCoreCounters } from '../../../../src/engine/metrics/tick/counters';

const one = (busyMs: number, idleMs = 0) => [{ core: 0, busyMs, idleMs }];

describe('core counters', () => {
  it('count from when a core was first seen', () => {
    const count = createCoreCounters();
    expect(count(one(5000, 7000)).busy.get(0)).toBe(0);
    const totals = count(one(5040, 7060));
    expect([totals.busy.get(0), totals.idle.get(0)]).toEqual([40, 60]);
  });

  it('hold a counter that fell a little until it has caught up, so that nothing counts twice', () => {
    const count = createCoreCounters();
    const totals = [1000, 1100, 1080, 1100, 1150].map((raw) => count(one(raw)).busy.get(0));
    expect(totals).toEqual([0, 100, 100, 100, 150]);
  });

  it('go on from a counter that started again', () => {
    const count = createCoreCounters();
    const totals = [90_000, 90_100, 20, 70].map((raw) => count(one(raw)).busy.get(0));
    expect(totals).toEqual([0, 100, 100, 150]);
  });

  it('forget a core that went, and start it again when it comes back', () => {
    const count = createCoreCounters();
    count([...one(0), { core: 1, busyMs: 500, idleMs: 0 }]);
    expect([...count(one(10)).busy.keys()]).toEqual([0]);
    expect(count([...one(20), { core: 1, busyMs: 900, idleMs: 0 }]).busy).toEqual(
      new Map([
        [0, 20],
        [1, 0],
      ]),
    );
  });
});
