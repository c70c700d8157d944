import type { PairReport } from '../../../contract';
import { difference, type Difference, type DifferenceOptions } from '../../statistics/difference';
import { commonRounds, makespansIn, type Contender, type Raced } from './contender';

/** What the rounds that two have show. */
interface Shown {
  rounds: number;
  found: Difference;
}

/** One contender held against another. */
export interface Standing extends Shown {
  contender: Contender;
  against: Contender;
}

/** How many pairs that many contenders make. */
export const pairCount = (contenders: number): number => (contenders * (contenders - 1)) / 2;

/** Holds the time of one against that of the other; null without a round that both have. */
export function shown(contender: Raced, against: Raced, options: DifferenceOptions): Shown | null {
  const numbers = commonRounds([contender, against]);
  if (numbers.length === 0) return null;
  const found = difference(makespansIn(contender, numbers), makespansIn(against, numbers), options);
  return { rounds: numbers.length, found };
}

/** All pairs as they stand; those that have no further round in common stand as `before`. */
export function standings(contenders: readonly Contender[], before: readonly Standing[]): Standing[] {
  const pairs = pairCount(contenders.length);
  return contenders.flatMap((against, at) =>
    contenders.slice(at + 1).flatMap((contender) => {
      const known = standingOf(before, contender, against);
      if (known?.rounds === commonRounds([contender, against]).length) return [known];
      const now = shown(contender, against, { pairs });
      return now === null ? [] : [{ contender, against, ...now }];
    }),
  );
}

/** How these two stand, whichever is held against the other. */
export function standingOf(all: readonly Standing[], one: Contender, other: Contender): Standing | undefined {
  return all.find(
    ({ contender, against }) => (contender === one && against === other) || (contender === other && against === one),
  );
}

/** What a pair came to: times below those of the other are faster. */
export const VERDICTS: Record<Difference['verdict'], PairReport['verdict']> = {
  lower: 'faster',
  higher: 'slower',
  'no-difference': 'no-difference',
  'too-few-rounds': 'too-few-rounds',
  unsteady: 'unsteady',
};
