import type { ErrorInfo, ExecutorKey, LockProgress, TaskCounts } from '../../../contract';
import { createHistogram, type Histogram } from '../../statistics/histogram';
import { median } from '../../statistics/summary';
import { noCounts } from '../shared/counts';
import type { NodeExecutor } from '../shared/staffing';

/** What one round of one worker count gave. */
export interface Round {
  round: number;
  place: number;
  /** Tasks a second. */
  throughput: number;
  windowMs: number;
  tasks: number;
  coresBusy: number | null;
  coresOffThread: number | null;
  coresWaitedFor: number | null;
  coresThrottled: number | null;
  deaths: number;
}

/** One worker count of an executor, with everything that was measured of it. */
export interface Point {
  readonly workers: number;
  /** In their order: all but the last round have it, or none from where the executor left. */
  readonly rounds: Round[];
  readonly running: Histogram;
}

/** One executor over its worker counts. */
export interface Track {
  readonly name: ExecutorKey;
  readonly executor: NodeExecutor;
  /** Of the worker counts that the system has room for. */
  points: readonly Point[];
  failure: ErrorInfo | null;
  counts: TaskCounts;
  lock: LockProgress['lock'] | null;
}

export function trackOf(executor: NodeExecutor, counts: readonly number[]): Track {
  return {
    name: executor.name,
    executor,
    points: counts.map((workers) => ({ workers, rounds: [], running: createHistogram() })),
    failure: null,
    counts: noCounts(),
    lock: null,
  };
}

/** Before anything is measured, leaves out the counts above the one that the system had room for; false where that cannot be. */
export function narrowToRoom(track: Track): boolean {
  if (measuredPoints(track).length > 0) return false;
  const { live } = track.executor.status();
  track.points = track.points.filter(({ workers }) => workers <= live);
  return track.points.length > 0;
}

/** Throughputs of a point, in the order of the rounds. */
export function throughputs({ rounds }: Point): number[] {
  return rounds.map(({ throughput }) => throughput);
}

export function measuredPoints({ points }: Track): Point[] {
  return points.filter(({ rounds }) => rounds.length > 0);
}

/** The median of what is known; null where nothing is. */
export function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
}

/**
 * How much of a core one worker wants, over all executors: what it had, and what it waited for while others had it; null
 * where that was not measured.
 */
export function oneWants(tracks: readonly Track[]): number | null {
  const ones = tracks.flatMap(({ points }) => points.find(({ workers }) => workers === 1) ?? []);
  const wants = ones.flatMap(
    (one) =>
      medianOf(
        one.rounds.map(({ coresBusy, coresWaitedFor }) =>
          coresBusy === null ? null : coresBusy + (coresWaitedFor ?? 0),
        ),
      ) ?? [],
  );
  return wants.length > 0 ? Math.min(...wants) : null;
}
