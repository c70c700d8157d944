import { capital, factor, percent, plural } from '../../contract';
import type { Interval } from './bootstrap';
import { createRandom, type Random } from './random';
import {
  fitLaw,
  PARAMETERS,
  peakOf,
  throughputAt,
  type ScalingLaw,
  type ScalingParameters,
  type ScalingPoint,
} from './scaling-law';
import { median, quantile } from './summary';

/** What was measured at one worker count: its throughput in each round, in the order of the rounds. */
export interface ScalingRounds {
  workers: number;
  throughputs: readonly number[];
}

/** A law held against measurements. */
export interface ScalingFit {
  law: ScalingLaw;
  parameters: ScalingParameters;
  /** 95 %, by bootstrap. */
  intervals: Record<keyof ScalingParameters, Interval>;
  resampled: 'rounds' | 'residuals';
  peak: ScalingPoint | null;
  /** Measured less predicted, for each worker count. */
  residuals: number[];
  /** Share of the variance that the law explains; null where the throughputs do not vary. */
  rSquared: number | null;
  fits: boolean;
  /** Why it fits or does not; then which parameters ended on a bound, and whether the points scale better than linear. */
  because: string;
}

/** From this many rounds on, rounds are drawn; of fewer, residuals are. */
const ROUNDS_NEEDED = 5;
const RESAMPLES = 300;
/** A law fits where it is off by no more than this share of the largest throughput: on the whole, and anywhere. */
const LARGEST_TYPICAL = 0.05;
const LARGEST_ANYWHERE = 0.1;
/** A parameter that is no further from a bound ended on it. */
const NEAR_BOUND = 1e-9;
/** More than linear by this much is more than two medians that count as stable may be off. */
const BETTER_THAN_LINEAR = 0.05;

/**
 * Fits a law to the medians of the rounds, with bootstrap intervals: rounds are drawn at each count, or residuals where
 * there are few rounds (Efron and Tibshirani 1993, chapter 9). Throws `internal` where there are too few counts.
 */
export function fitScaling(
  law: ScalingLaw,
  measured: readonly ScalingRounds[],
  { seed }: { seed: number },
): ScalingFit {
  const points = measured.map(({ workers, throughputs }) => ({ workers, throughput: median(throughputs) }));
  const parameters = fitLaw(law, points);
  const residuals = points.map(({ workers, throughput }) => throughput - throughputAt(parameters, workers));
  const resampled = measured.every(({ throughputs }) => throughputs.length >= ROUNDS_NEEDED) ? 'rounds' : 'residuals';
  const random = createRandom(seed);
  const draw =
    resampled === 'rounds'
      ? () => drawnRounds(measured, random)
      : () => drawnResiduals({ law, points, parameters, residuals }, random);
  const found = Array.from({ length: RESAMPLES }, () => fitLaw(law, draw(), parameters));
  const interval = (name: keyof ScalingParameters): Interval => {
    const values = found.map((one) => one[name]);
    return { low: quantile(values, 0.025), high: quantile(values, 0.975) };
  };
  return {
    law,
    parameters,
    intervals: { contention: interval('contention'), coherency: interval('coherency'), single: interval('single') },
    resampled,
    peak: peakOf(parameters),
    residuals,
    rSquared: rSquared(points, residuals),
    ...judged({ law, points, parameters, residuals }),
  };
}

function drawnRounds(measured: readonly ScalingRounds[], random: Random): ScalingPoint[] {
  return measured.map(({ workers, throughputs }) => ({
    workers,
    throughput: median(throughputs.map(() => throughputs[random.below(throughputs.length)] ?? 0)),
  }));
}

interface Fitted {
  law: ScalingLaw;
  points: readonly ScalingPoint[];
  parameters: ScalingParameters;
  residuals: readonly number[];
}

/** Residuals of a fit are too small by what its parameters took: each is brought back to size, and their mean to 0. */
function drawnResiduals({ law, points, parameters, residuals }: Fitted, random: Random): ScalingPoint[] {
  const free = Math.max(1, points.length - PARAMETERS[law]);
  const mean = residuals.reduce((sum, residual) => sum + residual, 0) / residuals.length;
  const smallest = Math.min(...points.map(({ throughput }) => throughput)) * 1e-3;
  return points.map(({ workers }) => {
    const residual = ((residuals[random.below(residuals.length)] ?? 0) - mean) * Math.sqrt(points.length / free);
    return { workers, throughput: Math.max(smallest, throughputAt(parameters, workers) + residual) };
  });
}

function rSquared(points: readonly ScalingPoint[], residuals: readonly number[]): number | null {
  const mean = points.reduce((sum, { throughput }) => sum + throughput, 0) / points.length;
  const total = points.reduce((sum, { throughput }) => sum + (throughput - mean) ** 2, 0);
  if (total === 0) return null;
  return 1 - residuals.reduce((sum, residual) => sum + residual ** 2, 0) / total;
}

/**
 * R² alone does not judge: it is near 0 for a law that is exactly right where nothing scales. A law fits where the
 * root mean square of what it is off by, over the degrees of freedom, and the largest are small beside the largest
 * throughput; with as many counts as parameters any law goes through every point, which proves nothing.
 */
function judged({ law, points, parameters, residuals }: Fitted): Pick<ScalingFit, 'fits' | 'because'> {
  const needed = PARAMETERS[law] + 1;
  const counts = new Set(points.map(({ workers }) => workers)).size;
  if (counts < needed)
    return { fits: false, because: `Too few worker counts: this law needs ${needed}, and there are ${counts}.` };
  const largest = Math.max(...points.map(({ throughput }) => throughput));
  const typical =
    Math.sqrt(residuals.reduce((sum, residual) => sum + residual ** 2, 0) / (points.length - PARAMETERS[law])) /
    largest;
  const worst = residuals.reduce((at, residual, i) => (Math.abs(residual) > Math.abs(residuals[at] ?? 0) ? i : at), 0);
  const worstShare = Math.abs(residuals[worst] ?? 0) / largest;
  const off = `it deviates by ${percent(typical)} of the largest throughput overall and by ${percent(worstShare)} at ${plural(points[worst]?.workers ?? 0, 'worker')}`;
  const fits = typical <= LARGEST_TYPICAL && worstShare <= LARGEST_ANYWHERE;
  return {
    fits,
    because: [
      `This law ${fits ? 'fits' : 'does not fit'}: ${off}.`,
      ...bounds(law, parameters),
      ...beyondLinear(points),
    ].join(' '),
  };
}

/** Parameters that ended on a bound of what they can be: the points may ask for one beyond it. */
function bounds(law: ScalingLaw, { contention, coherency }: ScalingParameters): string[] {
  const on = [
    ...(contention <= NEAR_BOUND
      ? ['contention is at its limit of 0']
      : contention >= 1 - NEAR_BOUND
        ? ['contention is at its limit of 1']
        : []),
    ...(law === 'usl' && coherency <= NEAR_BOUND ? ['coherency is at its limit of 0'] : []),
  ];
  return on.length === 0
    ? []
    : [`${capital(on.join(' and '))}, so the best fit may lie outside the range that the law allows.`];
}

/** Data that scale better than linear, which no law of contention describes: the worst of them. */
function beyondLinear(points: readonly ScalingPoint[]): string[] {
  const one = points.find(({ workers }) => workers === 1)?.throughput ?? 0;
  const times = points.map(({ workers, throughput }) => ({ workers, of: one > 0 ? throughput / (one * workers) : 0 }));
  const most = times.reduce((found, point) => (point.of > found.of ? point : found), { workers: 1, of: 1 });
  if (most.of <= 1 + BETTER_THAN_LINEAR) return [];
  return [
    `The points scale better than linearly, which this law cannot describe: ${plural(most.workers, 'worker')} did ${factor(most.of)} as much as ${String(most.workers)} times one worker.`,
  ];
}
