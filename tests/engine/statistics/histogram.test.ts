import { describe, expect, it } from 'vitest';
import {
  BUCKETS,
  BUCKET_ERROR,
  HIGHEST_MS,
  LOWEST_MS,
  bucketOf,
  middleOf,
} from '../../../src/engine/statistics/buckets';
import { createHistogram } from '../../../src/engine/statistics/histogram';
import { quantile } from '../../../src/engine/statistics/summary';
import { seededRandom } from '../../support/random';

function histogramOf(values: Iterable<number>): ReturnType<typeof createHistogram> {
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Latencies of several shapes: even, log-normal-like, two humps, all equal, from 1 µs to an hour. */
function shapes(): Record<string, number[]> {
  const random = seededRandom(20260);
  const make = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
  return {
    even: make(5000, () => random() * 10),
    skewed: make(5000, () => 0.05 * Math.exp(3 * (random() + random() + random() - 1.5))),
    'two humps': make(3000, () => (random() < 0.9 ? 1 + random() * 0.1 : 200 + random() * 40)),
    'every scale': make(5000, () => 10 ** (-3 + random() * 9.5)),
    equal: make(500, () => 4.2),
    few: make(7, () => random()),
  };
}

describe('buckets', () => {
  it('hold every value from 1 µs to nine hours within 1/128 of itself', () => {
    expect(BUCKET_ERROR).toBeLessThanOrEqual(1 / 64);
    expect(LOWEST_MS).toBeLessThanOrEqual(0.001);
    expect(HIGHEST_MS).toBeGreaterThan(9 * 3600e3);
    const random = seededRandom(7);
    for (let i = 0; i < 20_000; i += 1) {
      const value = 10 ** (-3 + random() * 10.5);
      if (value < HIGHEST_MS)
        expect(Math.abs(middleOf(bucketOf(value)) - value) / value).toBeLessThanOrEqual(BUCKET_ERROR);
    }
  });

  it('rise with their values, edge by edge', () => {
    let last = bucketOf(0);
    for (let value = LOWEST_MS; value < HIGHEST_MS; value *= 1.01) {
      expect(bucketOf(value)).toBeGreaterThanOrEqual(last);
      last = bucketOf(value);
    }
    expect([bucketOf(0), bucketOf(LOWEST_MS), bucketOf(HIGHEST_MS), bucketOf(Infinity)]).toEqual([
      0,
      1,
      BUCKETS - 1,
      BUCKETS - 1,
    ]);
    expect(bucketOf(HIGHEST_MS * (1 - 2 ** -53))).toBe(BUCKETS - 2);
  });
});

describe('createHistogram', () => {
  for (const [shape, values] of Object.entries(shapes())) {
    it(`agrees with sorted exact percentiles within 1/64 (${shape})`, () => {
      const summary = histogramOf(values).summary();
      if (summary === null) throw new Error('no summary');
      for (const [p, ms] of [
        [0.5, summary.p50Ms],
        [0.95, summary.p95Ms],
        [0.99, summary.p99Ms],
      ] as const) {
        const exact = quantile(values, p);
        if (ms !== null) expect(Math.abs(ms - exact) / exact).toBeLessThanOrEqual(1 / 64);
      }
    });

    it(`keeps count, minimum, mean and maximum exactly, and percentiles between them (${shape})`, () => {
      const summary = histogramOf(values).summary();
      if (summary === null) throw new Error('no summary');
      expect(summary).toMatchObject({ count: values.length, minMs: Math.min(...values), maxMs: Math.max(...values) });
      expect(summary.meanMs).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
      const rising = [summary.minMs, summary.p50Ms, summary.p95Ms, summary.p99Ms ?? summary.maxMs, summary.maxMs];
      expect(rising).toEqual([...rising].sort((a, b) => a - b));
      expect(summary.meanMs).toBeGreaterThanOrEqual(summary.minMs);
      expect(summary.meanMs).toBeLessThanOrEqual(summary.maxMs);
    });
  }

  it('hides the 99th percentile under 100 values', () => {
    const histogram = histogramOf(Array.from({ length: 99 }, (_, i) => i + 1));
    expect(histogram.summary()?.p99Ms).toBeNull();
    histogram.record(100);
    expect(histogram.summary()?.p99Ms).toBeCloseTo(99.01, 0);
  });

  it('has no summary before the first value, and none after it was cleared', () => {
    const histogram = createHistogram();
    expect([histogram.summary(), histogram.quantile(0.5), histogram.count]).toEqual([null, null, 0]);
    histogram.record(3);
    histogram.clear();
    expect([histogram.summary(), histogram.count]).toEqual([null, 0]);
  });

  it('answers one or two values exactly', () => {
    expect(histogramOf([0.123]).summary()).toEqual({
      count: 1,
      minMs: 0.123,
      meanMs: 0.123,
      p50Ms: 0.123,
      p95Ms: 0.123,
      p99Ms: null,
      maxMs: 0.123,
    });
    expect(histogramOf([1.1, 2.3]).quantile(0.5)).toBeCloseTo(1.7, 12);
  });

  it('counts 0 and what lies above its range without leaving minimum to maximum', () => {
    expect(histogramOf([0, 0, 0]).summary()).toMatchObject({ minMs: 0, p50Ms: 0, p95Ms: 0, maxMs: 0 });
    expect(histogramOf([1e9, 2e9, 3e9]).summary()).toMatchObject({ minMs: 1e9, p50Ms: 3e9, maxMs: 3e9 });
  });

  it('merges into what recording everything at once would have given', () => {
    const { even = [], skewed = [] } = shapes();
    const merged = histogramOf(even);
    merged.merge(histogramOf(skewed));
    merged.merge(createHistogram());
    const whole = histogramOf([...even, ...skewed]).summary();
    expect(merged.summary()).toEqual({ ...whole, meanMs: expect.closeTo(whole?.meanMs ?? NaN, 9) });
  });

  it('takes a difference of stamps that rounding made negative as 0, and refuses what is no latency', () => {
    const histogram = histogramOf([-1e-9]);
    expect(histogram.summary()).toMatchObject({ count: 1, minMs: 0 });
    for (const bad of [-1, NaN, Infinity])
      expect(() => {
        histogram.record(bad);
      }).toThrow(expect.objectContaining({ code: 'internal' }));
    expect(histogram.count).toBe(1);
    expect(() => histogram.quantile(2)).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('takes no longer for a value the more it has: a million in a few seconds of CPU on a crowded machine', () => {
    const histogram = createHistogram();
    const before = process.cpuUsage();
    for (let i = 0; i < 1e6; i += 1) histogram.record((i % 1000) / 7);
    expect(histogram.count).toBe(1e6);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });
});
