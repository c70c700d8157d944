import type { CompareEnd, ResolvedCompareSettings } from '../../../contract';
import {
  CALL_ROUNDS,
  difference,
  type Difference,
  halfWidth,
  isSettled,
  narrowEnough,
} from '../../statistics/difference';
import { baselineOf, commonMakespans, type Contender } from './contender';
import { roundMs } from './time-left';

/** Limits of rounds that go on until they are stable, and of the cold runs after them. */
export interface CompareLimits {
  rounds: number;
  measuringMs: number;
  livesMs: number;
}

const ROUNDS = 400;
/** Time of two contenders, and of each further one, ms. */
const TWO_MS = 10_000;
const FURTHER_MS = 3_500;
const PRECISE: CompareLimits = { rounds: ROUNDS, measuringMs: 90_000, livesMs: 4_000 };

/** Rounds of this many contenders go on no longer than this where the machine is too restless for stable ratios. */
export function limitsOf(contenders: number, precise: boolean): CompareLimits {
  if (precise) return PRECISE;
  return { rounds: ROUNDS, measuringMs: TWO_MS + FURTHER_MS * Math.max(0, contenders - 2), livesMs: 2_000 };
}

/** Who each contender is held against: the baseline of its language, and the first contender too. */
function pairsToSettle(contenders: readonly Contender[]): [Contender, Contender][] {
  const racing = contenders.filter(({ failure }) => failure === null);
  const reference = (one: Contender): Contender | undefined =>
    racing.find(({ name }) => name === baselineOf(one.name)) ?? racing[0];
  return racing.flatMap((one) => {
    const against = reference(one);
    return against && against !== one ? [[one, against] as [Contender, Contender]] : [];
  });
}

export interface Progress {
  contenders: readonly Contender[];
  settings: ResolvedCompareSettings;
  limits: CompareLimits;
  rounds: number;
  /** Since the first round began. */
  measuringMs: number;
}

/** Whether the rounds are over, and why; null where they go on. */
export function roundsOver({ contenders, settings, limits, rounds, measuringMs }: Progress): CompareEnd | null {
  if (settings.rounds !== null) return rounds >= settings.rounds ? 'rounds-done' : null;
  const settled = pairsToSettle(contenders).every((pair) => {
    const found = differenceOf(pair, contenders.length);
    return found !== null && isSettled(found);
  });
  if (settled && rounds >= CALL_ROUNDS) return 'stable';
  if (rounds >= limits.rounds) return 'round-limit';
  return measuringMs >= limits.measuringMs ? 'time-limit' : null;
}

/**
 * What the rounds are expected to take yet, at most, ms: intervals narrow with the root of the number of rounds, so the
 * widest one tells how many are needed.
 */
export function roundsMs({ contenders, settings, limits, rounds, measuringMs }: Progress): number {
  const eachMs = roundMs(contenders);
  if (settings.rounds !== null) return Math.max(0, settings.rounds - rounds) * eachMs;
  const needed = Math.max(...pairsToSettle(contenders).map((pair) => neededRounds(pair, contenders.length)));
  return Math.max(0, Math.min((Math.min(needed, limits.rounds) - rounds) * eachMs, limits.measuringMs - measuringMs));
}

/** How many rounds a pair needs in all, as its interval narrows with the root of their number; endless without one yet. */
function neededRounds(pair: [Contender, Contender], started: number): number {
  const found = differenceOf(pair, started);
  if (found === null) return Number.POSITIVE_INFINITY;
  const [values = []] = commonMakespans(pair);
  return Math.max(CALL_ROUNDS, values.length * (halfWidth(found) / narrowEnough(found)) ** 2);
}

function differenceOf(pair: [Contender, Contender], started: number): Difference | null {
  const [values = [], against = []] = commonMakespans(pair);
  return values.length === 0 ? null : difference(values, against, { pairs: (started * (started - 1)) / 2 });
}
