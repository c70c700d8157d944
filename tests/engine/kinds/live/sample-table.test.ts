import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../src/contract';
import { createSampleRecorder } from '../../../../src/engine/kinds/live/sample-table';

const sample = (tick: number, utilization: number[], over: Partial<Sample> = {}): Sample => ({
  tick,
  atMs: 1_000 + tick * 100,
  intervalMs: 100,
  cores: [0, 1],
  utilization,
  byExecutor: { threads: utilization.map((value) => value / 2) },
  crossCheck: null,
  frequencyMhz: null,
  temperatureC: null,
  coreTemperatureC: null,
  memory: null,
  workers: [],
  offThreadCpuMs: {},
  observer: { cpuMs: 0.1, engineCpuMs: null, lateMs: 0 },
  ...over,
});

const mean = (values: (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? NaN), 0) / values.length;

describe('the sample table of a report', () => {
  it('keeps samples in columns, one for each core', () => {
    const recorder = createSampleRecorder();
    recorder.add(sample(1, [0.5, 1]), { threads: 10 });
    recorder.add(sample(2, [0.25, 0]), { threads: 12 });
    const table = recorder.table(1_000);
    expect(table.atMs).toEqual([100, 200]);
    expect(table.utilization).toEqual([
      [0.5, 0.25],
      [1, 0],
    ]);
    expect(table.byExecutor?.threads).toEqual([
      [0.25, 0.125],
      [0.5, 0],
    ]);
    expect(table.throughput.threads).toEqual([10, 12]);
  });

  it('merges neighbours when it is full, and keeps the mean', () => {
    const recorder = createSampleRecorder(16);
    const values = Array.from({ length: 128 }, (_, i) => (i % 7) / 7);
    values.forEach((value, i) => recorder.add(sample(i, [value, 1 - value]), { threads: value }));
    const table = recorder.table(1_000);
    expect(table.atMs.length).toBeLessThanOrEqual(16);
    expect(mean(table.utilization[0]!)).toBeCloseTo(mean(values), 3);
    expect(table.intervalMs.reduce((sum, ms) => sum + ms, 0)).toBe(12_800);
    expect(recorder.thinned().seen).toBe(128);
    expect(recorder.thinned().kept).toBe(table.atMs.length);
    expect(recorder.thinned().method).toContain('merged');
  });

  it('weights a merge by the length of the ticks', () => {
    const recorder = createSampleRecorder(2);
    recorder.add(sample(1, [1, 1], { intervalMs: 300 }), {});
    recorder.add(sample(2, [0, 0], { intervalMs: 100 }), {});
    expect(recorder.table(1_000).utilization[0]).toEqual([0.75]);
  });

  it('has a row for every core by its number, and null while it was not there', () => {
    const recorder = createSampleRecorder();
    const there = (cores: number[]): Partial<Sample> => ({ cores });
    for (let tick = 1; tick <= 4; tick++) recorder.add(sample(tick, [0.1, 0.2, 0.3], there([0, 1, 2])), {});
    for (let tick = 5; tick <= 8; tick++) recorder.add(sample(tick, [0.4, 0.6], there([0, 2])), {});
    for (let tick = 9; tick <= 12; tick++) recorder.add(sample(tick, [0.7, 0.9], there([2, 3])), {});
    const { cores, utilization, byExecutor } = recorder.table(1_000);
    const four = <T>(value: T): T[] => Array.from({ length: 4 }, () => value);
    expect(cores).toEqual([0, 1, 2, 3]);
    expect(utilization).toEqual([
      [...four(0.1), ...four(0.4), ...four(null)],
      [...four(0.2), ...four(null), ...four(null)],
      [...four(0.3), ...four(0.6), ...four(0.7)],
      [...four(null), ...four(null), ...four(0.9)],
    ]);
    expect(byExecutor?.threads?.[3]).toEqual([...four(null), ...four(null), ...four(0.45)]);
    expect(recorder.changedCores()).toMatch(/^Cores 0, 1, 3 were offline for part of the run: /);
  });

  it('keeps what is known of a core as neighbours are merged, and says nothing of a core that told nothing for a moment', () => {
    const recorder = createSampleRecorder(2);
    recorder.add(sample(1, [0.5, 1]), {});
    recorder.add(sample(2, [0.5], { cores: [1] }), {});
    expect(recorder.table(1_000).utilization).toEqual([[0.5], [0.75]]);
    expect(recorder.changedCores()).toBeNull();
  });

  it('says null, not zero, where the system cannot tell who used a core', () => {
    const recorder = createSampleRecorder();
    recorder.add(sample(1, [0.5, 1], { byExecutor: null }), {});
    expect(recorder.table(1_000).byExecutor).toBeNull();
  });

  it('keeps what comes at a slower pace with times of its own', () => {
    const recorder = createSampleRecorder();
    const check = { fromMs: 90, toMs: 1_090, cores: [0, 1], utilization: [0.4, 0.9], kernel: [0.5, 0.9] };
    recorder.add(sample(1, [0.5, 1], { crossCheck: check, frequencyMhz: [3_000, null], temperatureC: 51 }), {});
    recorder.add(sample(2, [0.5, 1]), {});
    const table = recorder.table(1_000);
    expect(table.crossCheck).toMatchObject({ atMs: [90], utilization: [[0.4], [0.9]] });
    expect(table.frequencyMhz).toEqual({ atMs: [100], mean: [3_000] });
    expect(table.temperatureC).toEqual({ atMs: [100], value: [51] });
  });

  it('holds systeminformation against the samples over all readings, also those it no longer keeps, by core number', () => {
    const recorder = createSampleRecorder(4);
    for (let second = 1; second <= 20; second++) {
      // Core 1 goes after the tenth second; the last reading of core 0 is twice as far off.
      const gone = second > 10;
      const check = {
        fromMs: second * 1e3,
        toMs: second * 1e3 + 1e3,
        cores: gone ? [0] : [0, 1],
        utilization: gone ? [0.5] : [0.5, null],
        kernel: gone ? [second === 20 ? 0.54 : 0.52] : [0.52, 0.3],
      };
      recorder.add(sample(second, [0.5, 1], { crossCheck: check }), {});
    }
    const { crossCheck } = recorder.table(0);
    expect(crossCheck.atMs.length).toBeLessThanOrEqual(4);
    expect(crossCheck.utilization[1]?.every((value) => value === null)).toBe(true);
    const [first, second] = crossCheck.cores ?? [];
    expect(first).toMatchObject({ core: 0, readings: 20, systeminformation: 0.5 });
    expect(first?.meanApart).toBeCloseTo(0.021);
    expect(first?.worstApart).toBeCloseTo(0.04);
    expect(second).toEqual({
      core: 1,
      readings: 0,
      kernel: null,
      systeminformation: null,
      meanApart: null,
      worstApart: null,
    });
  });
});
