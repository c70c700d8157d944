import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/engine/statistics/random';
import { recommendedWorkers } from '../../../src/engine/statistics/recommend';
import { fitScaling } from '../../../src/engine/statistics/scaling-fit';
import { fitLaw, peakOf, throughputAt, type ScalingPoint } from '../../../src/engine/statistics/scaling-law';

const points = (workers: number[], throughputs: number[]): ScalingPoint[] =>
  workers.map((count, i) => ({ workers: count, throughput: throughputs[i] ?? 0 }));
const once = (all: ScalingPoint[]) => all.map(({ workers, throughput }) => ({ workers, throughputs: [throughput] }));

/**
 * The data set `specsdm91` of the R package `usl` (Möding, "Analyze System Scalability in R with the Universal
 * Scalability Law", CRAN): SPEC SDM91 on a Sun SPARCcenter 2000, from Gunther, "Guerrilla Capacity Planning" (2007).
 */
const SPECSDM91 = points([1, 18, 36, 72, 108, 144, 216], [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2]);
const digits = (value: number): string => value.toPrecision(4);

describe('the universal scalability law', () => {
  it('fits specsdm91 as the usl package does, to four digits', () => {
    const found = fitLaw('usl', SPECSDM91);
    expect([found.contention, found.coherency, found.single].map(digits)).toEqual(['0.02773', '0.0001044', '90.00']);
    expect(found.contention).toBeCloseTo(0.0277285, 6);
    expect(found.single).toBeCloseTo(89.995, 2);
    const peak = peakOf(found);
    expect(digits(peak?.workers ?? 0)).toBe('96.52');
    expect(digits(peak?.throughput ?? 0)).toBe('1884');
  });

  it('peaks at one worker where every further one makes it slower', () => {
    expect(peakOf({ contention: 1, coherency: 0.01, single: 82 })).toEqual({ workers: 1, throughput: 82 });
  });

  it('tells how well it fits specsdm91, with intervals around its parameters', () => {
    const fit = fitScaling('usl', once(SPECSDM91), { seed: 1 });
    // SciPy: R² 0.98956; residuals by the same fit.
    expect(fit.rSquared).toBeCloseTo(0.98956, 4);
    expect(fit.residuals[2]).toBeCloseTo(111.0904, 2);
    expect(fit).toMatchObject({ fits: true, resampled: 'residuals' });
    for (const name of ['contention', 'coherency', 'single'] as const) {
      expect(fit.intervals[name].low).toBeLessThan(fit.parameters[name]);
      expect(fit.intervals[name].high).toBeGreaterThan(fit.parameters[name]);
    }
    expect(fitScaling('amdahl', once(SPECSDM91), { seed: 1 }).fits).toBe(false);
  });

  it('finds parameters it was given, with narrow intervals around them from noisy rounds', () => {
    const given = { contention: 0.05, coherency: 0.002, single: 12 };
    const random = createRandom(8);
    const measured = [1, 2, 4, 8, 16, 32].map((workers) => ({
      workers,
      throughputs: Array.from(
        { length: 15 },
        () => throughputAt(given, workers) * (1 + 0.02 * (random.next() / 2 ** 32 - 0.5)),
      ),
    }));
    const fit = fitScaling('usl', measured, { seed: 1 });
    expect(fit).toMatchObject({ fits: true, resampled: 'rounds' });
    for (const name of ['contention', 'coherency', 'single'] as const) {
      expect(fit.parameters[name] / given[name]).toBeCloseTo(1, 1);
      expect(fit.intervals[name].low).toBeLessThanOrEqual(given[name] * 1.005);
      expect(fit.intervals[name].high).toBeGreaterThanOrEqual(given[name] * 0.995);
    }
  });
});

describe('a fit that ends on a bound', () => {
  // Two cores, measured: the least squares of a search on a fine grid, which knows nothing of slopes.
  it('is the least squares all the same', () => {
    const found = fitLaw('usl', points([1, 2, 3, 4], [432.97, 827.75, 812.62, 801.38]));
    expect(found.contention).toBe(0);
    expect(found.coherency).toBeCloseTo(0.116299, 5);
    expect(found.single).toBeCloseTo(476.7908, 3);
  });

  it('is found by no search nearby to be bettered, whatever the points', () => {
    const random = createRandom(4);
    const uniform = () => random.next() / 2 ** 32;
    for (let trial = 0; trial < 60; trial++) {
      const given = {
        single: 100,
        contention: trial % 3 === 0 ? 0 : uniform(),
        coherency: trial % 2 === 0 ? 0 : uniform() * 0.2,
      };
      const all = [1, 2, 3, 4, 6, 8].map((workers) => ({
        workers,
        throughput: throughputAt(given, workers) * (0.85 + 0.3 * uniform()),
      }));
      const squares = (law: ReturnType<typeof fitLaw>) =>
        all.reduce((sum, { workers, throughput }) => sum + (throughput - throughputAt(law, workers)) ** 2, 0);
      for (const law of ['amdahl', 'usl'] as const) {
        const found = fitLaw(law, all);
        const least = squares(found);
        for (const [contention, coherency, single] of [
          [0.01, 0, 1],
          [-0.01, 0, 1],
          [0, 0.002, 1],
          [0, -0.002, 1],
          [0, 0, 1.01],
          [0, 0, 0.99],
          [0.01, -0.002, 1],
          [-0.01, 0.002, 1],
          [0.02, 0.001, 1.02],
        ] as const) {
          const near = {
            contention: Math.min(1, Math.max(0, found.contention + contention)),
            coherency: law === 'amdahl' ? 0 : Math.max(0, found.coherency + coherency),
            single: found.single * single,
          };
          expect(squares(near)).toBeGreaterThanOrEqual(least * (1 - 1e-6));
        }
      }
    }
  });
});

describe('Amdahl’s law', () => {
  it('agrees with SciPy', () => {
    const found = fitLaw(
      'amdahl',
      points([1, 2, 3, 4, 6, 8, 12, 16], [10.1, 18.9, 27.2, 33.5, 45.8, 54.2, 68.1, 77.9]),
    );
    expect(found.contention).toBeCloseTo(0.0748833, 6);
    expect(found.single).toBeCloseTo(10.34948, 4);
    expect(found.coherency).toBe(0);
    expect(peakOf(found)).toBeNull();
  });

  it('finds no serial share where all scales, and only that where nothing does', () => {
    expect(fitLaw('amdahl', points([1, 2, 3, 4], [5, 10, 15, 20]))).toEqual({
      single: expect.closeTo(5, 6),
      contention: 0,
      coherency: 0,
    });
    const flat = fitScaling('amdahl', once(points([1, 2, 3, 4], [5, 5, 5, 5])), { seed: 1 });
    expect(flat.parameters.contention).toBeCloseTo(1, 6);
    expect(flat).toMatchObject({ fits: true, rSquared: null });
  });
});

describe('a law that does not fit', () => {
  it('is said not to fit: two cores give twice as much, and no more workers anything', () => {
    for (const law of ['amdahl', 'usl'] as const) {
      const fit = fitScaling(law, once(points([1, 2, 3, 4], [1, 2, 2.01, 1.99])), { seed: 1 });
      expect(fit.fits).toBe(false);
      expect(fit.because).toMatch(/^This law does not fit: it deviates by .* at \d workers?\./);
    }
  });

  it('is told where it ended on a bound, and where the points scale better than linear', () => {
    const because = (law: 'amdahl' | 'usl', throughputs: number[]): string =>
      fitScaling(law, once(points([1, 2, 3, 4, 5], throughputs)), { seed: 1 }).because;
    expect(because('amdahl', [5, 5, 5, 5, 5])).toMatch(/[Cc]ontention is at its limit of 1/);
    expect(because('amdahl', [5, 9.5, 13.6, 17.3, 20.6])).not.toMatch(/bound|linear/);
    const better = because('usl', [5, 11, 18, 26, 33]);
    expect(better).toMatch(/[Cc]ontention is at its limit of 0 and coherency is at its limit of 0/);
    expect(better).toMatch(
      /scale better than linearly, which this law cannot describe: 5 workers did 1\.32 × as much as 5 times one/,
    );
  });

  it('is not judged by as many points as it has parameters, and refuses fewer', () => {
    const fit = fitScaling('usl', once(points([1, 2, 3], [1, 1.8, 2.4])), { seed: 1 });
    expect(fit).toMatchObject({
      fits: false,
      because: 'Too few worker counts: this law needs 4, and there are 3.',
    });
    expect(() => fitLaw('usl', points([1, 2], [1, 2]))).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

describe('recommendedWorkers', () => {
  it('is the smallest count within 2 % of the best, whatever the order', () => {
    expect(recommendedWorkers(once(points([8, 1, 2, 4, 16], [39.8, 10, 20, 39.3, 40])), { seed: 1 })).toMatchObject({
      workers: 4,
      best: 16,
      share: 39.3 / 40,
    });
    expect(recommendedWorkers(once(points([1, 2], [10, 10.3])), { seed: 1 }).workers).toBe(2);
  });

  it('prefers no count for having been lucky', () => {
    const found = recommendedWorkers(
      [
        { workers: 2, throughputs: [97, 99, 94, 100, 96, 95] },
        { workers: 4, throughputs: [99, 95, 101, 98, 103, 99] },
      ],
      { seed: 1 },
    );
    expect(found).toMatchObject({ workers: 2, best: 4 });
    expect(found.share).toBeLessThan(0.98);
    expect(found.interval.high).toBeGreaterThan(0.98);
  });
});
