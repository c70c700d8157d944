import type { ScaleEnd } from '../../../contract';
import { medianInterval } from '../../statistics/bootstrap';
import { median } from '../../statistics/summary';
import type { ScaleLimits } from './options';
import { throughputs, type Track } from './track';

/** Repetitions go on no longer than this where the machine is too restless for narrow intervals. */
export const LIMITS: ScaleLimits = { repetitions: 20, leastRepetitions: 6, measuringMs: 60_000, mostMs: 300_000 };

/** An interval is narrow where it reaches no further than this to either side, as a share of the median. */
export const NARROW = 0.025;
/** An interval from fewer repetitions may be narrow by chance. */
const NARROW_REPETITIONS = 8;

export interface Progress {
  tracks: readonly Track[];
  /** As they were asked for; null until the intervals are narrow. */
  wanted: number | null;
  seed: number;
  limits: ScaleLimits;
  /** Complete ones. */
  repetitions: number;
  /** Since the first began. */
  measuringMs: number;
}

/** Whether the repetitions are over, and why; null where they go on. */
export function repetitionsOver({ tracks, wanted, seed, limits, repetitions, measuringMs }: Progress): ScaleEnd | null {
  if (wanted !== null) return repetitions >= wanted ? 'repetitions-done' : null;
  if (repetitions >= NARROW_REPETITIONS && widest(tracks, seed) <= NARROW) return 'narrow';
  if (repetitions >= limits.repetitions) return 'repetition-limit';
  return measuringMs >= (repetitions >= limits.leastRepetitions ? limits.measuringMs : limits.mostMs) ? 'time-limit' : null;
}

/** How much of a repetition is done: points measured in it, of all of its points. */
export interface Part {
  measured: number;
  of: number;
}

/**
 * What the repetitions are expected to take yet, at most, ms: intervals narrow with the root of their number, so the
 * widest one tells how many are needed; null before the first point.
 */
export function remainingMs({ tracks, wanted, seed, limits, repetitions, measuringMs }: Progress, { measured, of }: Part): number | null {
  const done = repetitions + measured / of;
  if (done === 0) return null;
  const eachMs = measuringMs / done;
  if (wanted !== null) return Math.max(0, wanted - done) * eachMs;
  const needed = repetitions < 3 ? limits.repetitions : Math.max(NARROW_REPETITIONS, repetitions * (widest(tracks, seed) / NARROW) ** 2);
  const most = Math.min(Math.ceil(needed), limits.repetitions);
  // The time is looked at once a repetition is complete: the last one goes beyond it.
  const inTime = Math.min(limits.mostMs, Math.max(limits.measuringMs, limits.leastRepetitions * eachMs)) + eachMs;
  return Math.max(0, Math.min((most - done) * eachMs, inTime - measuringMs));
}

/** The widest interval of all points that are still measured, as half of its width beside its median. */
function widest(tracks: readonly Track[], seed: number): number {
  const points = tracks.filter(({ failure }) => failure === null).flatMap((track) => track.points.map(throughputs)).filter((values) => values.length > 0);
  const widths = points.map((values) => {
    const { low, high } = medianInterval(values, { seed, resamples: 200 });
    return (high - low) / 2 / median(values);
  });
  return Math.max(0, ...widths);
}
