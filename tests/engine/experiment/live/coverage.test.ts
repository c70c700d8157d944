import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../src/contract';
import { coresBusy, createCoverage } from '../../../../src/engine/experiment/live/coverage';

const sample = (atMs: number, intervalMs: number): Sample => ({ atMs, intervalMs }) as Sample;

describe('how much of a run was sampled', () => {
  it('is all of it where the samples follow one another, without what lies before the start and after the end', () => {
    const coverage = createCoverage();
    for (let atMs = 1_050; atMs < 3_100; atMs += 100) coverage.sampled(sample(atMs, 100), 1_000);
    expect(coverage.ms(2_000)).toBe(2_000);
    expect(coverage.warning(2_000)).toBeNull();
  });

  it('is what the samples span where the sampler was gone for a while, and a sentence says so', () => {
    const coverage = createCoverage();
    coverage.sampled(sample(1_500, 500), 1_000);
    coverage.sampled(sample(5_000, 500), 1_000);
    expect(coverage.ms(4_000)).toBe(1_000);
    expect(coverage.warning(4_000)).toBe('Samples are missing for 3.0 s of 4.0 s: CPU times and memory speak of the rest of the run only.');
  });

  it('leaves out the time in which all stood still, as nobody used a core then, and misses no sample there', () => {
    const coverage = createCoverage({ within: (fromMs, toMs) => Math.max(0, Math.min(toMs, 6_000) - Math.max(fromMs, 2_000)) });
    for (const [atMs, intervalMs] of [[1_900, 900], [6_100, 4_200], [7_000, 900]] as const) coverage.sampled(sample(atMs, intervalMs), 1_000);
    expect(coverage.of(6_000)).toEqual({ elapsedMs: 2_000, incomplete: false });
    expect(coverage.warning(6_000)).toBeNull();
  });

  it('counts a late sample for the whole time it speaks of', () => {
    const coverage = createCoverage();
    coverage.sampled(sample(4_000, 3_000), 1_000);
    expect(coverage.warning(3_000)).toBeNull();
  });
});

describe('cores busy', () => {
  it('is CPU time over the time it was measured for, and not known where that is none', () => {
    expect(coresBusy(1_500, 1_000)).toBe(1.5);
    expect(coresBusy(0, 1_000)).toBe(0);
    expect(coresBusy(1_500, 0)).toBeNull();
    expect(coresBusy(null, 1_000)).toBeNull();
  });
});
