import type { CompareEnd, ResolvedCompareSettings } from '../../../contract';
import { isStable, halfWidth, STABLE_HALF_WIDTH, STABLE_ROUNDS } from '../../statistics/difference';
import { pairedRatioInterval, ratioOfMedians } from '../../statistics/bootstrap';
import { baselineOf, commonMakespans, type Contender } from './contender';

/** Limits of rounds that go on until they are stable. */
export interface CompareLimits {
  rounds: number;
  measuringMs: number;
}

/** Rounds go on no longer than this where the machine is too restless for stable ratios. */
export const LIMITS: CompareLimits = { rounds: 100, measuringMs: 90_000 };

/** Each contender runs its list at least this long before it is measured, ms. */
export const WARM_UP_MS = 100;

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
  const stable = pairsToSettle(contenders).every((pair) => {
    const [values = [], against = []] = commonMakespans(pair);
    return isStable(values, against, { seed: settings.seed });
  });
  if (stable && rounds >= STABLE_ROUNDS) return 'stable';
  if (rounds >= limits.rounds) return 'round-limit';
  return measuringMs >= limits.measuringMs ? 'time-limit' : null;
}

/** How far the lives of all contenders are: how often each has lived, of how often at most, and what that took. */
export interface LivesSoFar {
  done: number;
  of: number;
  tookMs: number;
  /** None is begun after this, ms. */
  limitMs: number;
}

/** What is expected to come yet, at most, ms, before the first round: further lives, warming up, and as many rounds as there may be. */
export function aheadMs(
  { contenders, settings, limits }: Pick<Progress, 'contenders' | 'settings' | 'limits'>,
  { done, of, tookMs, limitMs }: LivesSoFar,
): number {
  const each = tookMs / done;
  const livesMs = done >= of || tookMs >= limitMs ? 0 : Math.min((of - done) * each, limitMs - tookMs + each);
  const lists = contenders.flatMap(({ failure, lives }) => {
    const life = lives.at(-1);
    return failure !== null || life === undefined
      ? []
      : [{ startMs: life.spawnMs, listMs: life.wholeMs - life.spawnMs - life.teardownMs }];
  });
  const roundMs = lists.reduce((sum, { listMs }) => sum + listMs, 0);
  const warmUpMs = lists.reduce((sum, { startMs, listMs }) => sum + startMs + Math.max(WARM_UP_MS, listMs), 0);
  return (
    livesMs +
    warmUpMs +
    (settings.rounds === null ? Math.min(limits.rounds * roundMs, limits.measuringMs) : settings.rounds * roundMs)
  );
}

/**
 * What the rounds are expected to take yet, at most, ms: intervals narrow with the root of the number of rounds, so the
 * widest one tells how many are needed; null before the first round.
 */
export function remainingMs({ contenders, settings, limits, rounds, measuringMs }: Progress): number | null {
  if (rounds === 0) return null;
  const roundMs = measuringMs / rounds;
  if (settings.rounds !== null) return Math.max(0, settings.rounds - rounds) * roundMs;
  const widest = Math.max(0, ...pairsToSettle(contenders).map(widthOf(settings.seed)));
  const needed = rounds < 3 ? STABLE_ROUNDS : Math.max(STABLE_ROUNDS, rounds * (widest / STABLE_HALF_WIDTH) ** 2);
  return Math.max(0, Math.min((Math.min(needed, limits.rounds) - rounds) * roundMs, limits.measuringMs - measuringMs));
}

const widthOf =
  (seed: number) =>
  (pair: [Contender, Contender]): number => {
    const [values = [], against = []] = commonMakespans(pair);
    if (values.length === 0) return 0;
    return halfWidth({
      ratio: ratioOfMedians(values, against),
      interval: pairedRatioInterval(values, against, { seed, resamples: 200 }),
    });
  };
