import { describe, expect, it } from 'vitest';
import { fit, place, type Placed, type WorkerUse } from '../../../../src/engine/metrics/tick/attribution';

const use = (over: Partial<WorkerUse>): WorkerUse => ({
  executor: 'threads',
  cpuMs: 100,
  fromCore: 0,
  core: 0,
  ...over,
});
const nothing: Placed = new Map();

describe('place', () => {
  it('gives a worker that stayed on a core its time there', () => {
    expect(place(nothing, [use({})], [0, 1]).get('threads')).toEqual(
      new Map([
        [0, 100],
        [1, 0],
      ]),
    );
  });

  it('halves the time of a worker that moved', () => {
    expect(place(nothing, [use({ core: 1 })], [0, 1]).get('threads')).toEqual(
      new Map([
        [0, 50],
        [1, 50],
      ]),
    );
  });

  it('adds to what was placed before, and keeps executors apart', () => {
    const first = place(nothing, [use({})], [0, 1]);
    const second = place(
      first,
      [use({ executor: 'processes', fromCore: null, core: 1, cpuMs: 30 }), use({ cpuMs: 1 })],
      [0, 1],
    );
    expect(second.get('threads')?.get(0)).toBe(101);
    expect(second.get('processes')).toEqual(
      new Map([
        [0, 0],
        [1, 30],
      ]),
    );
    expect(first.get('threads')?.get(0)).toBe(100);
  });

  it('places nothing where no core is known or the core is gone', () => {
    const placed = place(nothing, [use({ fromCore: null, core: null }), use({ fromCore: 5, core: 5 })], [0]);
    expect(placed.get('threads')).toEqual(new Map([[0, 0]]));
  });
});

describe('fit', () => {
  it('leaves what fits as it is', () => {
    expect(fit([100, 80], { threads: [60, 0], processes: [40, 70] })).toEqual({
      threads: [60, 0],
      processes: [40, 70],
    });
  });

  it('moves what does not fit to cores whose busy time is not explained', () => {
    const fitted = fit([100, 90], { threads: [180, 0] });
    expect(fitted.threads?.[0]).toBeCloseTo(100);
    expect(fitted.threads?.[1]).toBeCloseTo(80);
  });

  it('spreads it in proportion to the room, and by executor', () => {
    const fitted = fit([100, 60, 20], { threads: [100, 0, 0], processes: [40, 0, 0] });
    const sum = (list: number[] | undefined): number => (list ?? []).reduce((total, value) => total + value, 0);
    expect(sum(fitted.threads)).toBeCloseTo(100);
    expect(sum(fitted.processes)).toBeCloseTo(40);
    expect((fitted.threads?.[1] ?? 0) / (fitted.threads?.[2] ?? 1)).toBeCloseTo(3);
  });

  it('never gives a core more than it was busy, and drops what fits nowhere', () => {
    const fitted = fit([50, 10], { threads: [100, 0], processes: [0, 60] });
    expect((fitted.threads?.[0] ?? 0) + (fitted.processes?.[0] ?? 0)).toBeCloseTo(50);
    expect((fitted.threads?.[1] ?? 0) + (fitted.processes?.[1] ?? 0)).toBeCloseTo(10);
  });

  it('attributes nothing to idle cores', () => {
    expect(fit([0, 0], { threads: [5, 0] })).toEqual({ threads: [0, 0] });
    expect(fit([], { threads: [] })).toEqual({ threads: [] });
  });
});
