import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../src/contract';
import { coresBusy, createCoverage, type Used } from '../../../../src/engine/kinds/shared/coverage';
import { SHORTEST_LOOK_MS } from '../../../../src/engine/kinds/shared/thresholds';

const RUN = { fromMs: 1_000, toMs: Infinity };
const observer = { cpuMs: 10, engineCpuMs: 20, lateMs: 0 };
const sample = (atMs: number, intervalMs: number, over: Partial<Sample> = {}): Sample =>
  ({ atMs, intervalMs, cores: [0, 1], workers: [], offThreadCpuMs: {}, observer, ...over }) as unknown as Sample;

describe('how much of a run was sampled', () => {
  it('is all of it where the samples follow one another, without what lies before the start and after the end', () => {
    const coverage = createCoverage();
    for (let atMs = 1_050; atMs < 3_100; atMs += 100) coverage.sampled(sample(atMs, 100), RUN);
    expect(coverage.ms(2_000)).toBe(2_000);
    expect(coverage.warning(2_000)).toBeNull();
  });

  it('is what the samples span where the sampler was gone for a while, and a sentence says so', () => {
    const coverage = createCoverage();
    coverage.sampled(sample(1_500, 500), RUN);
    coverage.sampled(sample(5_000, 500), RUN);
    expect(coverage.ms(4_000)).toBe(1_000);
    expect(coverage.warning(4_000)).toBe(
      'Samples are missing for 3 s of 4 s: CPU times and memory cover only the rest of the run.',
    );
  });

  it('leaves out the time in which all stood still, as nobody used a core then, and misses no sample there', () => {
    const coverage = createCoverage({
      within: (fromMs, toMs) => Math.max(0, Math.min(toMs, 6_000) - Math.max(fromMs, 2_000)),
    });
    for (const [atMs, intervalMs] of [
      [1_900, 900],
      [6_100, 4_200],
      [7_000, 900],
    ] as const)
      coverage.sampled(sample(atMs, intervalMs), RUN);
    expect(coverage.of(6_000)).toEqual({ elapsedMs: 2_000, incomplete: false });
    expect(coverage.warning(6_000)).toBeNull();
  });

  it('counts a late sample for the whole time it speaks of', () => {
    const coverage = createCoverage();
    coverage.sampled(sample(4_000, 3_000), RUN);
    expect(coverage.warning(3_000)).toBeNull();
  });
});

describe('the part of a sample that lies within a run', () => {
  const worker = { executor: 'threads' as const, worker: 1, cpuMs: 90, runQueueMs: 8, core: 0 };

  it('holds no more CPU time than fits into it, so that a short run cannot have used more than its time', () => {
    const run = { fromMs: 1_040, toMs: 1_050 };
    const part = createCoverage().sampled(
      sample(1_100, 100, { workers: [worker], offThreadCpuMs: { threads: 150, processes: null } }),
      run,
    );
    expect(part).toMatchObject({
      intervalMs: 10,
      workers: [{ cpuMs: 10, runQueueMs: 0 }],
      offThreadCpuMs: { threads: 20, processes: null },
    });
    expect(part.observer).toEqual({ cpuMs: 1, engineCpuMs: 2, lateMs: 0 });
  });

  it('holds all of what fits: a worker idles before its first task and after its last', () => {
    const run = { fromMs: 1_020, toMs: Infinity };
    const part = createCoverage().sampled(sample(1_100, 100, { workers: [{ ...worker, cpuMs: 70 }] }), run);
    expect(part.workers).toEqual([{ ...worker, cpuMs: 70 }]);
  });

  it('is the sample itself where all of it does, also where a counter came a tick late', () => {
    const whole = sample(1_200, 100, { workers: [{ ...worker, cpuMs: 103, runQueueMs: 250 }] });
    expect(createCoverage().sampled(whole, RUN)).toBe(whole);
  });

  it('is nothing where all stood still, whatever others computed meanwhile', () => {
    const coverage = createCoverage({ within: (fromMs, toMs) => toMs - fromMs });
    expect(coverage.sampled(sample(2_000, 100, { workers: [worker] }), RUN)).toMatchObject({
      intervalMs: 0,
      workers: [{ cpuMs: 0 }],
    });
    expect(coverage.ms(1_000)).toBe(0);
  });
});

describe('cores busy', () => {
  const used = (cpuMs: number | null, offThreadCpuMs: number | null = null): Used => ({ cpuMs, offThreadCpuMs });

  it('is CPU time over the time it was measured for, on the tasks’ threads and off them', () => {
    expect(coresBusy(used(1_500), 1_000)).toBe(1.5);
    expect(coresBusy(used(0, 1_900), 1_000)).toBe(1.9);
    expect(coresBusy(used(0), 1_000)).toBe(0);
    expect(coresBusy(used(null, 100), 1_000)).toBeNull();
  });

  it('is not known of a time that is too short to say, as the finding says', () => {
    expect(coresBusy(used(18), 9.5)).toBeNull();
    expect(coresBusy(used(400), SHORTEST_LOOK_MS - 1)).toBeNull();
    expect(coresBusy(used(450), SHORTEST_LOOK_MS)).toBe(1);
  });
});
