import type { ContenderKey, Estimate, PairReport } from '../../../contract';
import { halfWidth, narrowEnough } from '../../statistics/difference';

/** A pair as a report tells it, and a state. */
export type Paired = Pick<PairReport, 'contender' | 'against' | 'rounds' | 'ratio' | 'basis' | 'verdict'>;

/** Two contenders that are held against each other, as told of the first of them. */
export interface Held {
  one: ContenderKey;
  other: ContenderKey;
  rounds: number;
  /** How many times as fast the first one is as the other. */
  speed: PairReport['ratio'];
  /** What the first one is. */
  verdict: PairReport['verdict'];
  basis?: PairReport['basis'];
}

const OPPOSITE = { faster: 'slower', slower: 'faster' } as const;
const inverse = (value: number | null): number | null => (value === null ? null : 1 / value);

/** The same two, as told of the other. */
export function turned({ one, other, speed: { value, low, high }, verdict, ...same }: Held): Held {
  return {
    ...same,
    one: other,
    other: one,
    speed: { value: 1 / value, low: inverse(high), high: inverse(low) },
    verdict: verdict === 'faster' || verdict === 'slower' ? OPPOSITE[verdict] : verdict,
  };
}

/** What pairs tell of one contender against another, in either order; null if the two are no pair. */
export function heldAgainst(pairs: readonly Paired[], one: ContenderKey, other: ContenderKey): Held | null {
  const pair = pairs.find((each) => [each.contender, each.against].every((name) => name === one || name === other));
  if (pair === undefined || one === other) return null;
  const { contender, against, rounds, ratio, basis, verdict } = pair;
  // A ratio of times is one of speeds the other way round.
  const told = turned({ one: against, other: contender, rounds, speed: ratio, basis, verdict: 'no-difference' });
  const held: Held = { ...told, verdict };
  return contender === one ? held : turned(held);
}

/** The interval of how many times as fast; null while too few rounds allow one. */
export function endsOfSpeed({ speed: { low, high } }: Held): Pick<Estimate, 'low' | 'high'> | null {
  return low === null || high === null ? null : { low, high };
}

/** Half of the width that the interval of two that are not told apart is to have. */
export const NARROW = narrowEnough({ ratio: 1, verdict: 'no-difference' });

/** Half of the width of the interval; endless without one. */
export function widthOf(held: Held): number {
  return halfWidth({ interval: endsOfSpeed(held) });
}

/** Whether one of them looks faster by a wide 95 % interval, while that is too uncertain to call among all pairs together. */
export function leans(held: Held): boolean {
  const ends = endsOfSpeed(held);
  return isOpen(held) && ends !== null && (ends.low > 1 || ends.high < 1) && widthOf(held) > NARROW;
}

/** Whether rounds leave open which of two is faster. */
export function isOpen({ verdict }: Held): boolean {
  return verdict === 'no-difference' || verdict === 'too-few-rounds';
}
