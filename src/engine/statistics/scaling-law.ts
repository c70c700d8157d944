import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { CoreloomError } from '../../contract';

/** Throughput at a worker count, in any unit of work by time. */
export interface ScalingPoint {
  workers: number;
  throughput: number;
}

/**
 * A law's parameters. `single` (gamma) is the throughput of one worker; `contention` (alpha) the share that only one
 * can do at a time; `coherency` (beta) what each pair of workers costs to agree, 0 in Amdahl's law.
 */
export interface ScalingParameters {
  contention: number;
  coherency: number;
  single: number;
}

export type ScalingLaw = 'amdahl' | 'usl';

/** How many parameters each law has: it needs one more worker count than that to be held against data. */
export const PARAMETERS: Record<ScalingLaw, number> = { amdahl: 2, usl: 3 };

/**
 * Throughput of N workers: gamma N / (1 + alpha (N - 1) + beta N (N - 1)), the universal scalability law (Gunther,
 * "Guerrilla Capacity Planning", 2007); with beta 0 it is Amdahl's law ("Validity of the single processor approach",
 * AFIPS 1967) with alpha as the serial share.
 */
export function throughputAt({ contention, coherency, single }: ScalingParameters, workers: number): number {
  return (single * workers) / (1 + contention * (workers - 1) + coherency * workers * (workers - 1));
}

/**
 * Where the universal law peaks: N = sqrt((1 - alpha) / beta), and one worker where it falls from there on; null where it
 * goes on rising, as Amdahl's does.
 */
export function peakOf(parameters: ScalingParameters): ScalingPoint | null {
  const { contention, coherency } = parameters;
  if (!(coherency > 0)) return null;
  const workers = Math.max(1, Math.sqrt(Math.max(0, 1 - contention) / coherency));
  return { workers, throughput: throughputAt(parameters, workers) };
}

/** Little, some and full contention: a law bounded below has more than one place where a search may end. */
const STARTS = [
  [1, 0.1, 0.1],
  [1, 1, 0.5],
  [1, 3, 0.01],
];
const ITERATIONS = 60;
const ITERATIONS_NEAR = 30;
/** A scaled parameter below this is rounding: a peak made of it would be made of nothing. */
const ROUNDING = 1e-9;
/** A scaled parameter this near to a bound may belong on it. */
const EDGE = 0.02;

/** Parameters that are held where they are while the others are searched for, by their place. */
type Held = readonly (number | undefined)[];

/**
 * Least squares on the throughput, contention from 0 to 1 and coherency not below 0. `near` is where to search, where that is known:
 * one search instead of several. Throws `internal` where there are fewer different worker counts than parameters.
 */
export function fitLaw(law: ScalingLaw, points: readonly ScalingPoint[], near?: ScalingParameters): ScalingParameters {
  const counts = new Set(points.map(({ workers }) => workers));
  if (counts.size < PARAMETERS[law])
    throw new CoreloomError('internal', `The law ${law} needs at least ${PARAMETERS[law]} different worker counts.`);
  const scale = scaleOf(points);
  // The library damps all parameters alike and stops at absolute errors: each is brought to the size of 1 before.
  const starts = near === undefined ? STARTS : [scaled(near, scale)];
  const search = searchOf(points, scale, near === undefined ? ITERATIONS : ITERATIONS_NEAR);
  const none = law === 'amdahl' ? [undefined, undefined, 0] : [];
  const within = best(starts.map((start) => search(start, none)));
  // A search that runs into a bound stops there short of the least squares: the others are searched for along it.
  const along = facesAt(within.values, law, scale).map((held) => search(within.values, held));
  return unscaled(
    best([within, ...along]).values.map((value) => (value < ROUNDING ? 0 : value)),
    scale,
  );
}

interface Found {
  /** Scaled. */
  values: number[];
  error: number;
}

const best = (all: readonly Found[]): Found => all.reduce((one, other) => (other.error < one.error ? other : one));

/** What is held on each of the bounds that a search may have run into; nothing where it ended away from all of them. */
function facesAt([, contention = 0, coherency = 0]: readonly number[], law: ScalingLaw, { pairs }: Scale): Held[] {
  const alpha = contention < EDGE ? 0 : contention > pairs - EDGE ? pairs : undefined;
  if (law === 'amdahl') return alpha === undefined ? [] : [[undefined, alpha, 0]];
  const faces: Held[] = alpha === undefined ? [] : [[undefined, alpha]];
  if (coherency < EDGE) faces.push([undefined, undefined, 0], ...(alpha === undefined ? [] : [[undefined, alpha, 0]]));
  return faces;
}

/** Searches from somewhere by Levenberg and Marquardt's method, within the bounds. */
function searchOf(
  points: readonly ScalingPoint[],
  scale: Scale,
  maxIterations: number,
): (from: readonly number[], held: Held) => Found {
  const data = {
    x: points.map(({ workers }) => workers),
    y: points.map(({ throughput }) => throughput / scale.throughput),
  };
  const lowest = [1e-9, 0, 0];
  const highest = [1e9, scale.pairs, 1e9];
  return (from, held) => {
    const free = [0, 1, 2].filter((at) => held[at] === undefined);
    const whole = (values: readonly number[]): number[] =>
      [0, 1, 2].map((at) => held[at] ?? values[free.indexOf(at)] ?? 0);
    const only = (values: readonly number[]): number[] => free.map((at) => values[at] ?? 0);
    // A share of the work: more than all of it cannot wait its turn.
    const initialValues = only(from).map((value, at) =>
      Math.min(Math.max(value, free[at] === 0 ? 1e-3 : EDGE / 2), highest[free[at] ?? 0] ?? 1e9),
    );
    const { parameterValues, parameterError } = levenbergMarquardt(
      data,
      (values) => (workers) => throughputAt(unscaled(whole(values), scale), workers) / scale.throughput,
      {
        initialValues,
        jacobianFunction: (values) => (workers) => only(slopes(unscaled(whole(values), scale), workers, scale)),
        minValues: only(lowest),
        maxValues: only(highest),
        maxIterations,
        errorTolerance: 1e-18,
      },
    );
    return { values: whole(parameterValues), error: parameterError };
  };
}

interface Scale {
  throughput: number;
  single: number;
  pairs: number;
}

function scaleOf(points: readonly ScalingPoint[]): Scale {
  const throughput = Math.max(...points.map((point) => point.throughput));
  const single = Math.max(...points.map((point) => point.throughput / point.workers));
  if (!(throughput > 0 && throughput < Infinity) || !points.every(({ workers }) => workers > 0)) {
    throw new CoreloomError('internal', 'A law of scaling is fitted to throughputs and worker counts above 0.');
  }
  return { throughput, single, pairs: Math.max(1, ...points.map(({ workers }) => workers - 1)) };
}

function unscaled([single = 0, contention = 0, coherency = 0]: readonly number[], scale: Scale): ScalingParameters {
  return {
    single: single * scale.single,
    contention: contention / scale.pairs,
    coherency: coherency / scale.pairs ** 2,
  };
}

/** The inverse of it; off the bounds, where a search would see no slope. */
function scaled({ single, contention, coherency }: ScalingParameters, scale: Scale): number[] {
  return [
    single / scale.single,
    Math.max(1e-3, contention * scale.pairs),
    Math.max(1e-3, coherency * scale.pairs ** 2),
  ];
}

/** The slopes of the scaled throughput in the scaled parameters. */
function slopes(parameters: ScalingParameters, workers: number, scale: Scale): number[] {
  const throughput = throughputAt(parameters, workers);
  const by = (parameters.single * workers) / throughput;
  const bySingle = (throughput / parameters.single) * scale.single;
  const byContention = (-throughput * (workers - 1)) / by / scale.pairs;
  return [bySingle, byContention, (byContention * workers) / scale.pairs].map((slope) => slope / scale.throughput);
}
