import type { ResolvedScaleSettings, ScaleEnd } from '../../../contract';
import { medianInterval } from '../../statistics/bootstrap';
import { countToNarrow, median } from '../../statistics/summary';
import { throughputs, type Track } from './track';

/** Limits of rounds that go on until the intervals are narrow. */
export interface ScaleLimits {
  rounds: number;
  /** This many are made, however long they take, as long as they fit into `mostMs`. */
  leastRounds: number;
  measuringMs: number;
  mostMs: number;
}

/** Rounds go on no longer than this where the machine is too restless for narrow intervals. */
const LIMITS: ScaleLimits = { rounds: 20, leastRounds: 6, measuringMs: 60_000, mostMs: 300_000 };
const QUICK: ScaleLimits = { rounds: 8, leastRounds: 6, measuringMs: 5_000, mostMs: 45_000 };

export function limitsOf({ quick = false }: Pick<ResolvedScaleSettings, 'quick'>): ScaleLimits {
  return quick ? QUICK : LIMITS;
}

/** An interval is narrow where it reaches no further than this to either side, as a share of the median. */
const NARROW = 0.025;
/** An interval from fewer rounds may be narrow by chance. */
const NARROW_ROUNDS = 8;

export interface Progress {
  tracks: readonly Track[];
  /** As they were asked for; null until the intervals are narrow. */
  wanted: number | null;
  seed: number;
  limits: ScaleLimits;
  /** Complete ones. */
  rounds: number;
  /** Since the first began. */
  measuringMs: number;
  /** What a point is expected to take before the first one told, ms. */
  pointMs: number;
}

/** Whether the rounds are over, and why; null where they go on. */
export function roundsOver({ tracks, wanted, seed, limits, rounds, measuringMs }: Progress): ScaleEnd | null {
  if (wanted !== null) return rounds >= wanted ? 'rounds-done' : null;
  if (rounds >= NARROW_ROUNDS && widest(tracks, seed) <= NARROW) return 'narrow';
  if (rounds >= limits.rounds) return 'round-limit';
  return measuringMs >= (rounds >= limits.leastRounds ? limits.measuringMs : limits.mostMs) ? 'time-limit' : null;
}

/** How much of a round is done: points measured in it, of all of its points. */
export interface Part {
  measured: number;
  of: number;
}

/**
 * What the rounds are expected to take yet, at most, ms: the widest interval tells how many are needed.
 */
export function remainingMs(
  { tracks, wanted, seed, limits, rounds, measuringMs, pointMs }: Progress,
  { measured, of }: Part,
): number {
  const done = rounds + measured / of;
  const eachMs = done === 0 ? of * pointMs : measuringMs / done;
  if (wanted !== null) return Math.max(0, wanted - done) * eachMs;
  const needed =
    rounds < 3
      ? limits.rounds
      : Math.max(NARROW_ROUNDS, countToNarrow(rounds, { width: widest(tracks, seed), wanted: NARROW }));
  const most = Math.min(Math.ceil(needed), limits.rounds);
  // The time is looked at once a round is complete: the last one goes beyond it.
  const inTime = Math.min(limits.mostMs, Math.max(limits.measuringMs, limits.leastRounds * eachMs)) + eachMs;
  return Math.max(0, Math.min((most - done) * eachMs, inTime - measuringMs));
}

/** The widest interval of all points that are still measured, as half of its width beside its median. */
function widest(tracks: readonly Track[], seed: number): number {
  const points = tracks
    .filter(({ failure }) => failure === null)
    .flatMap((track) => track.points.map(throughputs))
    .filter((values) => values.length > 0);
  const widths = points.map((values) => {
    const { low, high } = medianInterval(values, { seed, resamples: 200 });
    return (high - low) / 2 / median(values);
  });
  return Math.max(0, ...widths);
}
