import { CoreloomError } from '../../contract';
import type { ScalingPoint } from './scaling-law';

/** More workers than needed for this share of the best throughput only cost memory and start-up. */
export const GOOD_ENOUGH = 0.98;

/** The smallest worker count within 2 % of the best throughput, and the best one. Throws `internal` without a point. */
export function recommendedWorkers(points: readonly ScalingPoint[]): { recommended: ScalingPoint; best: ScalingPoint } {
  const sorted = points.toSorted((a, b) => a.workers - b.workers);
  const first = sorted[0];
  if (first === undefined) throw new CoreloomError('internal', 'A worker count can be recommended only where one was measured.');
  const best = sorted.reduce((one, other) => (other.throughput > one.throughput ? other : one), first);
  const recommended = sorted.find(({ throughput }) => throughput >= GOOD_ENOUGH * best.throughput) ?? best;
  return { recommended, best };
}
