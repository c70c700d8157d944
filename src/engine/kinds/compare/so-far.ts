import { number, plural, type CompareState } from '../../../contract';
import { roundsToCall } from '../../statistics/difference';
import { apartAtEnd, apartSoFar, unsteady } from './apart';
import type { Held, Paired } from '../shared/held';
import { claimsFrom } from './language-claims';
import { pairCount } from './standing';

/** How contenders stand, and what their rounds take. */
export interface SoFar extends Pick<CompareState, 'rounds' | 'contenders' | 'pairs' | 'undecided'> {
  /** How many rounds are wanted; null: until every ratio is settled. */
  plannedRounds: number | null;
  /** Of the rounds so far, ms, and what is left for further ones, at most; none once they are over. */
  measuringMs: number;
  leftMs: number | null;
}

/** The verdict as it stands while rounds go on, from the eighth on: what may be said already, and what is not told apart yet. */
export function findingSoFar(now: SoFar): string {
  if (now.pairs.length === 0) return 'No result yet: the rounds are not finished.';
  const ranked = now.contenders
    .filter(({ medianMs, failure }) => medianMs !== null && failure === null)
    .toSorted((a, b) => (a.medianMs ?? 0) - (b.medianMs ?? 0))
    .map(({ contender }) => contender);
  const pairs = now.pairs.map(({ value, low, high, ...pair }): Paired => ({
    ...pair,
    rounds: now.rounds,
    ratio: { value, low, high },
  }));
  const apart = (held: Held): string => apartNow(held, now);
  const { languages, between, looked } = claimsFrom(ranked, pairs, apart);
  if (looked.every(({ verdict }) => verdict === 'too-few-rounds')) return notYet(now);
  const claims = [...languages.flatMap((language) => language.claims), ...between];
  return [...claims.map(({ text }) => text), unsteady(looked)].filter((sentence) => sentence !== '').join(' ');
}

function apartNow(held: Held, { undecided, plannedRounds, measuringMs, leftMs }: SoFar): string {
  if (leftMs === null) return apartAtEnd(held, { measuringMs, plannedRounds });
  const pair = [held.one, held.other];
  const open = undecided.find((one) => pair.includes(one.contender) && pair.includes(one.against));
  return apartSoFar(held, { moreMs: plannedRounds === null ? (open?.remainingMs ?? null) : null, leftMs });
}

function notYet({ contenders, rounds, plannedRounds }: SoFar): string {
  const needed = roundsToCall({ pairs: pairCount(contenders.length) });
  const when =
    plannedRounds === null
      ? `with ${number(contenders.length)} contenders that takes at least ${plural(needed, 'round')}`
      : `${number(rounds)} of ${plural(plannedRounds, 'round')} are done`;
  return `No difference is called yet: ${when}.`;
}
