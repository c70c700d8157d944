import { describe, expect, it } from 'vitest';
import {
  createSmoother,
  smoothedTotal,
  type Reading,
  type SmoothedTick,
} from '../../../../src/engine/metrics/tick/smoothing';

const reading = (atMs: number, cores: Record<number, number>, name = 'busy'): Reading => ({
  atMs,
  totals: new Map([[name, new Map(Object.entries(cores).map(([core, total]) => [Number(core), total]))]]),
});
const grown = (tick: SmoothedTick | null, core = 0, name = 'busy'): number | undefined =>
  tick?.grown.get(name)?.get(core);

/** Feeds totals of core 0 at the given times. */
function ticks(halfMs: number, points: [atMs: number, total: number][]): SmoothedTick[] {
  const smooth = createSmoother(halfMs);
  return points.flatMap(([atMs, total]) => smooth(reading(atMs, { 0: total })) ?? []);
}

describe('smoothedTotal', () => {
  it('is the total itself where the growth is even', () => {
    expect(smoothedTotal({ atMs: 0, total: 0 }, { atMs: 100, total: 50 }, { atMs: 200, total: 100 }, 100)).toBe(50);
  });

  it('reaches no further than half the window and than the nearest neighbour', () => {
    const far = { atMs: 2100, total: 2000 };
    expect(smoothedTotal({ atMs: 0, total: 0 }, { atMs: 100, total: 0 }, far, 100)).toBe(25);
    expect(smoothedTotal({ atMs: 90, total: 0 }, { atMs: 100, total: 0 }, far, 100)).toBe(2.5);
  });

  it('is the total itself at the ends of what is known', () => {
    expect(smoothedTotal(null, { atMs: 100, total: 70 }, { atMs: 200, total: 100 }, 100)).toBe(70);
    expect(smoothedTotal({ atMs: 0, total: 0 }, { atMs: 100, total: 70 }, null, 100)).toBe(70);
  });
});

describe('the smoother', () => {
  it('weighs a tick and its neighbours 1/4, 1/2, 1/4', () => {
    const all = ticks(100, [
      [0, 0],
      [100, 0],
      [200, 0],
      [300, 100],
      [400, 100],
      [500, 100],
      [600, 100],
    ]);
    expect(all.map((tick) => grown(tick))).toEqual([0, 25, 50, 25, 0]);
  });

  it('keeps totals exactly, whatever the lengths of the ticks', () => {
    const points: [number, number][] = [
      [0, 0],
      [100, 30],
      [207, 130],
      [300, 130],
      [2300, 1490],
      [2400, 1500],
      [2451, 1550],
      [2600, 1600],
      [2700, 1600],
    ];
    const all = ticks(100, points);
    // Two even ends, so that the smoothed total of both ends is the raw one.
    const flat = ticks(100, [[-200, 0], [-100, 0], ...points, [2800, 1600], [2900, 1600], [3000, 1600]]);
    expect(flat.reduce((sum, tick) => sum + (grown(tick) ?? 0), 0)).toBeCloseTo(1600, 9);
    expect(all.every((tick, index) => index === 0 || tick.atMs - tick.intervalMs === all[index - 1]?.atMs)).toBe(true);
  });

  it('turns a steady load counted in steps of 10 ms into values within 5 ms of it', () => {
    const rate = 0.437;
    const all = ticks(
      100,
      Array.from({ length: 200 }, (_, index) => [index * 100, Math.floor((index * 100 * rate) / 10) * 10]),
    );
    for (const tick of all) expect(Math.abs((grown(tick) ?? 0) - 100 * rate)).toBeLessThanOrEqual(5 + 1e-9);
  });

  it('stays correct over a late tick', () => {
    const all = ticks(100, [
      [0, 0],
      [100, 50],
      [200, 100],
      [1700, 850],
      [1800, 900],
      [1900, 950],
    ]);
    expect(all.map((tick) => (grown(tick) ?? 0) / tick.intervalMs)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('answers at once without smoothing', () => {
    const smooth = createSmoother(0);
    expect(smooth(reading(0, { 0: 0 }))).toBeNull();
    const tick = smooth(reading(1000, { 0: 400 }));
    expect(tick).toMatchObject({ atMs: 1000, intervalMs: 1000 });
    expect(grown(tick)).toBe(400);
    expect(grown(smooth(reading(2000, { 0: 400 })))).toBe(0);
  });

  it('leaves out a core that was not there at both ends', () => {
    const smooth = createSmoother(0);
    smooth(reading(0, { 0: 0 }));
    expect([
      ...(smooth(reading(100, { 0: 10, 1: 0 }))
        ?.grown.get('busy')
        ?.keys() ?? []),
    ]).toEqual([0]);
    expect([
      ...(smooth(reading(200, { 0: 20, 1: 30 }))
        ?.grown.get('busy')
        ?.entries() ?? []),
    ]).toEqual([
      [0, 10],
      [1, 30],
    ]);
    expect([
      ...(smooth(reading(300, { 1: 50 }))
        ?.grown.get('busy')
        ?.entries() ?? []),
    ]).toEqual([[1, 20]]);
  });

  it('counts a name from 0 that earlier readings do not know', () => {
    const smooth = createSmoother(0);
    smooth(reading(0, { 0: 0 }));
    expect(grown(smooth(reading(100, { 0: 40 }, 'threads')), 0, 'threads')).toBe(40);
  });
});
