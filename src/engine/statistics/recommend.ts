import { CoreloomError } from '../../contract';
import { pairedRatioInterval, ratioOfMedians, type Interval } from './bootstrap';
import type { ScalingRounds } from './scaling-fit';
import { median } from './summary';

/** More workers than needed for this share of the best throughput only cost memory and start-up. */
const GOOD_ENOUGH = 0.98;

/** A worker count, beside the one with the largest throughput. */
export interface RecommendedWorkers {
  workers: number;
  best: number;
  /** Its median throughput ÷ that of the best, with its 95 % interval, paired by round. */
  share: number;
  interval: Interval;
}

/**
 * The smallest worker count that is not shown to be more than 2 % below the best: the first whose 95 % interval reaches
 * 98 % of it. Without noise that is the smallest within 2 %; with it, no count is preferred for being lucky. Throws
 * `internal` without a count that was measured.
 */
export function recommendedWorkers(measured: readonly ScalingRounds[], { seed }: { seed: number }): RecommendedWorkers {
  const sorted = measured.toSorted((a, b) => a.workers - b.workers);
  const first = sorted[0];
  if (first === undefined)
    throw new CoreloomError('internal', 'A worker count can be recommended only where one was measured.');
  const best = sorted.reduce(
    (one, other) => (median(other.throughputs) > median(one.throughputs) ? other : one),
    first,
  );
  for (const one of sorted) {
    const compared = against(one, best, seed);
    if (compared.interval.high >= GOOD_ENOUGH || one === best)
      return { workers: one.workers, best: best.workers, ...compared };
  }
  return { workers: best.workers, best: best.workers, share: 1, interval: { low: 1, high: 1 } };
}

/** By the rounds that both have, which are the first ones. */
function against(
  one: ScalingRounds,
  best: ScalingRounds,
  seed: number,
): Pick<RecommendedWorkers, 'share' | 'interval'> {
  const rounds = Math.min(one.throughputs.length, best.throughputs.length);
  const [values, others] = [one.throughputs.slice(0, rounds), best.throughputs.slice(0, rounds)];
  return { share: ratioOfMedians(values, others), interval: pairedRatioInterval(values, others, { seed }) };
}
