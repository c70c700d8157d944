import { describe, expect, test } from 'vitest';
import type { Sample } from '../../../src/contract';
import { createCoreHistory } from '../../../src/renderer/src/charts/core-history';

function sample(atMs: number, utilization: number[], over: Partial<Sample> = {}): Sample {
  return {
    tick: atMs,
    atMs,
    intervalMs: 100,
    cores: utilization.map((_, core) => core),
    utilization,
    byExecutor: { threads: utilization.map((share) => share / 2) },
    crossCheck: null,
    frequencyMhz: null,
    temperatureC: null,
    coreTemperatureC: null,
    memory: null,
    workers: [],
    offThreadCpuMs: {},
    observer: { cpuMs: 0, engineCpuMs: null, lateMs: 0 },
    ...over,
  };
}

describe('the history of the cores', () => {
  test('weighs each sample by how much of it lies in the stretch', () => {
    const history = createCoreHistory();
    history.push(sample(100, [1, 0]));
    history.push(sample(400, [0, 0.6], { intervalMs: 300 }));
    const slice = history.slice(50, 200);
    expect(slice.total[0]).toBeCloseTo(1 / 3);
    expect(slice.total[1]).toBeCloseTo(0.4);
    expect(slice.causes[0]?.share[1]).toBeCloseTo(0.2);
  });

  test('says so where nothing was measured: that is not 0', () => {
    const history = createCoreHistory();
    history.push(sample(1000, [0.5]));
    expect(history.slice(0, 500).known).toBe(false);
    expect(history.slice(900, 1000).known).toBe(true);
  });

  test('says so where the system cannot tell who used the cores', () => {
    const history = createCoreHistory();
    history.push(sample(100, [0.5]));
    history.push(sample(200, [0.5], { byExecutor: null }));
    expect(history.slice(0, 100)).toMatchObject({ known: true, attributed: true });
    expect(history.slice(0, 200)).toMatchObject({ known: true, attributed: false, causes: [] });
  });

  test('drops samples that are not newer', () => {
    const history = createCoreHistory();
    expect([100, 200, 200, 150].map((atMs) => history.push(sample(atMs, [0])))).toEqual([true, true, false, false]);
  });

  test('keeps a minute and overwrites what is older', () => {
    const history = createCoreHistory();
    for (let tick = 1; tick <= 3000; tick++) history.push(sample(tick * 100, [tick / 3000]));
    expect(history.slice(240_000, 240_100).total[0]).toBeCloseTo(2401 / 3000);
    expect(history.slice(100_000, 100_100).known).toBe(false);
  });

  test('keeps the place of a core that goes, with no value while it is gone, and makes one for a core that comes', () => {
    const history = createCoreHistory();
    history.push(sample(100, [1, 0.4], { cores: [0, 2] }));
    history.push(sample(200, [0.5], { cores: [2] }));
    history.push(sample(300, [0.2, 0.3, 0.6], { cores: [0, 1, 2] }));
    expect(history.cores).toEqual([0, 1, 2]);
    const totals = (fromMs: number): number[] =>
      [...history.slice(fromMs, fromMs + 100).total].map((share) => Math.round(share * 10) / 10);
    expect([totals(0), totals(100), totals(200)]).toEqual([
      [1, NaN, 0.4],
      [NaN, NaN, 0.5],
      [0.2, 0.3, 0.6],
    ]);
    // Over all of it each is the mean of the time that it was there.
    expect([...history.slice(0, 300).total].map((share) => Math.round(share * 10) / 10)).toEqual([0.6, 0.3, 0.5]);
    expect(history.slice(0, 100).causes[0]?.share[2]).toBeCloseTo(0.2);
  });
});
