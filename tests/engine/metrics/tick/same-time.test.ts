import { describe, expect, it } from 'vitest';
import { createSameTime } from '../../../../src/engine/metrics/tick/same-time';

const row = (atMs: number, utilization: number[], cores = utilization.map((_, core) => core)) => ({
  atMs,
  intervalMs: 100,
  cores,
  utilization,
});
const reading = (fromMs: number, toMs: number, cores = [0]) => ({
  fromMs,
  toMs,
  cores,
  utilization: cores.map(() => 0.5),
});

describe('what samples say of the time of a reading', () => {
  it('waits until samples have reached its end, and weighs those at either end by what lies inside', () => {
    const same = createSameTime();
    for (let ms = 100; ms <= 1_000; ms += 100) expect(same.add(row(ms, [ms <= 500 ? 0 : 1]), null)).toBeNull();
    expect(same.add(row(1_100, [1]), reading(250, 1_150))).toBeNull();
    const found = same.add(row(1_200, [0]), null);
    // 500 to 1100 fully, 50 ms of the last at 0.
    expect(found?.kernel[0]).toBeCloseTo(600 / 900, 4);
    expect(found?.utilization).toEqual([0.5]);
    expect(same.add(row(1_300, [1]), null)).toBeNull();
  });

  it('says nothing of a core that samples do not cover over all of that time', () => {
    const same = createSameTime();
    for (let ms = 100; ms <= 900; ms += 100)
      same.add(row(ms, ms < 500 ? [0.5, 0.5] : [0.5], ms < 500 ? [0, 1] : [0]), null);
    expect(same.add(row(1_000, [0.5], [0]), reading(0, 1_000, [0, 1, 7]))?.kernel).toEqual([0.5, null, null]);
  });

  it('says nothing of a reading that began before the samples', () => {
    const same = createSameTime();
    same.add(row(1_000, [0.5]), null);
    expect(same.add(row(1_100, [0.5]), reading(500, 1_100))?.kernel).toEqual([null]);
  });

  it('knows a core by its number, whatever its place is', () => {
    const same = createSameTime();
    for (let ms = 100; ms <= 900; ms += 100) same.add(row(ms, [0.1, 0.9], [1, 3]), null);
    expect(same.add(row(1_000, [0.1, 0.9], [1, 3]), reading(0, 1_000, [3, 1]))?.kernel).toEqual([0.9, 0.1]);
  });
});
