import type { CompareEnd, ResolvedCompareSettings } from '../../../contract';
import { CALL_ROUNDS, halfWidth, isSettled, narrowEnough, roundsToCall } from '../../statistics/difference';
import { countToNarrow, median } from '../../statistics/summary';
import { baselineOf, commonRounds, makespansIn, type Contender } from './contender';
import { pairCount, standingOf, type Standing } from './standing';
import { roundMs, warmUpMs } from './time-left';

/** Limits of rounds that go on until they are stable, and of the cold runs after them. */
export interface CompareLimits {
  rounds: number;
  /** No further round is begun after this, once there are as many as a call needs. */
  measuringMs: number;
  /** Nor after this, however few there are. */
  mostMs: number;
  livesMs: number;
}

const ROUNDS = 400;
/** Time of two contenders, of each further one, and of the cold runs, ms. */
const USUAL = { twoMs: 10_000, furtherMs: 3_500, livesMs: 2_000 };
/** How often workers are started: states that they are stuck in (a core, a place in memory) show only in other ones (ADR 47). */
const STARTS = 4;
const MOST_MS = 90_000;
/** The same where less time is to be taken: enough for a call, with workers started two or three times. */
const QUICK = { twoMs: 5_000, furtherMs: 2_000, livesMs: 1_000 };
const PRECISE: CompareLimits = { rounds: ROUNDS, measuringMs: MOST_MS, mostMs: MOST_MS, livesMs: 4_000 };

/** Rounds of this many contenders go on no longer than this where the machine is too restless for stable ratios. */
export function limitsOf(
  contenders: number,
  { precise = false, quick = false }: Pick<ResolvedCompareSettings, 'precise' | 'quick'>,
): CompareLimits {
  if (precise) return PRECISE;
  const { twoMs, furtherMs, livesMs } = quick ? QUICK : USUAL;
  return { rounds: ROUNDS, measuringMs: twoMs + furtherMs * Math.max(0, contenders - 2), mostMs: MOST_MS, livesMs };
}

/** How far rounds are. */
export interface Progress {
  contenders: readonly Contender[];
  settings: Pick<ResolvedCompareSettings, 'rounds'>;
  limits: CompareLimits;
  /** Complete ones. */
  rounds: number;
  /** Since the first round began. */
  measuringMs: number;
  /** The first round after each time that workers were started again. */
  restarts: readonly number[];
  standings: readonly Standing[];
}

type Pair = readonly [Contender, Contender];

/** Two that are to be settled, and how they stand; absent without a round. */
export interface Open {
  pair: Pair;
  standing: Standing | undefined;
}

const remaining = (contenders: readonly Contender[]): Contender[] =>
  contenders.filter(({ failure }) => failure === null);

/** Who is held against whom until it is settled: each and the baseline of its language, and the fastest two. */
function pairsToSettle(contenders: readonly Contender[]): Pair[] {
  const racing = remaining(contenders);
  const [first] = racing;
  const pairs = racing.flatMap((one): Pair[] => {
    const against = racing.find(({ name }) => name === baselineOf(one.name)) ?? first;
    return against === undefined || against === one ? [] : [[one, against]];
  });
  const fastest = fastestTwo(racing);
  const known = fastest === null || pairs.some((pair) => fastest.every((one) => pair.includes(one)));
  return known ? pairs : [...pairs, fastest];
}

/** By the rounds that all have: the others may have been at another speed of the machine. */
function fastestTwo(racing: readonly Contender[]): Pair | null {
  const numbers = commonRounds(racing);
  if (numbers.length === 0) return null;
  const [best, next] = racing
    .map((one) => ({ one, ms: median(makespansIn(one, numbers)) }))
    .sort((a, b) => a.ms - b.ms)
    .map(({ one }) => one);
  return best === undefined || next === undefined ? null : [best, next];
}

/** Pairs that further rounds would tell more of. */
export function openPairs({ contenders, standings }: Pick<Progress, 'contenders' | 'standings'>): Open[] {
  return pairsToSettle(contenders)
    .map((pair) => ({ pair, standing: standingOf(standings, ...pair) }))
    .filter(({ standing }) => standing === undefined || standing.rounds < CALL_ROUNDS || !isSettled(standing.found));
}

/**
 * Who is in the next round: all of them where their number is wanted; else those of open pairs, and all until they have
 * as many rounds since their workers were started as a call needs.
 */
export function racing(progress: Progress): Contender[] {
  const left = remaining(progress.contenders);
  if (progress.settings.rounds !== null) return left;
  const open = new Set(openPairs(progress).flatMap(({ pair }) => pair));
  return left.filter((one) => open.has(one) || roundsSinceStart(one, progress) < CALL_ROUNDS);
}

function roundsSinceStart({ rounds }: Contender, { restarts }: Pick<Progress, 'restarts'>): number {
  const since = restarts.at(-1) ?? 0;
  return [...rounds.keys()].filter((number) => number >= since).length;
}

/** What follows a round: another one, one after workers were started again, or the end, and why. */
export function nextStep(progress: Progress): 'round' | 'restart' | CompareEnd {
  const { settings, limits, rounds, measuringMs } = progress;
  if (settings.rounds !== null && rounds >= settings.rounds) return 'rounds-done';
  const settled = racing(progress).length === 0;
  if (restartsNow(progress, settled)) return 'restart';
  if (settled) return 'stable';
  if (settings.rounds !== null) return 'round';
  if (rounds >= limits.rounds) return 'round-limit';
  return measuringMs >= timeLimitMs(progress) ? 'time-limit' : 'round';
}

/** When the time for rounds is over, ms: of long tasks, only once there are as many rounds as a call needs. */
export function timeLimitMs({ contenders, limits, rounds, measuringMs }: Progress): number {
  const missing = roundsToCall({ pairs: pairCount(contenders.length) }) - rounds;
  if (missing <= 0) return limits.measuringMs;
  return Math.min(limits.mostMs, Math.max(limits.measuringMs, measuringMs + missing * roundMs(contenders)));
}

/** After equal shares of the rounds or of the time, or sooner if all is settled. */
function restartsNow(progress: Progress, settled: boolean): boolean {
  const { contenders, settings, limits, rounds, measuringMs, restarts } = progress;
  if (furtherStarts(progress) === 0) return false;
  const share = (restarts.length + 1) / startsOf(settings);
  if (settings.rounds !== null) return rounds === Math.floor(settings.rounds * share);
  if (rounds - (restarts.at(-1) ?? 0) < CALL_ROUNDS) return false;
  // The first call is not kept waiting for a start of the workers.
  if (restarts.length === 0 && rounds < roundsToCall({ pairs: pairCount(contenders.length) })) return false;
  return settled || measuringMs >= limits.measuringMs * share || rounds >= limits.rounds * share;
}

function startsOf({ rounds }: Progress['settings']): number {
  return rounds === null ? STARTS : Math.max(1, Math.min(STARTS, Math.floor(rounds / CALL_ROUNDS)));
}

/** How often workers are still to be started again: as often as there is room for enough rounds afterwards. */
function furtherStarts({ contenders, settings, limits, rounds, measuringMs, restarts }: Progress): number {
  const left = startsOf(settings) - 1 - restarts.length;
  if (settings.rounds !== null) return left;
  const eachMs = roundMs(contenders);
  const unfinished = Math.max(0, CALL_ROUNDS - (rounds - (restarts.at(-1) ?? 0)));
  const inRounds = (limits.rounds - rounds - unfinished) / CALL_ROUNDS;
  const inTime =
    (limits.measuringMs - measuringMs - unfinished * eachMs) / (CALL_ROUNDS * eachMs + warmUpMs(contenders));
  return Math.max(0, Math.floor(Math.min(left, inRounds, inTime)));
}

/**
 * What the rounds are expected to take yet, at most, ms: the widest interval tells how many are needed.
 */
export function roundsMs(progress: Progress): number {
  const { contenders, settings, limits, rounds, measuringMs } = progress;
  const starts = furtherStarts(progress);
  const restartMs = starts * warmUpMs(contenders);
  if (settings.rounds !== null) return Math.max(0, settings.rounds - rounds) * roundMs(contenders) + restartMs;
  const next = racing(progress);
  const sinceStart = Math.min(...next.map((one) => roundsSinceStart(one, progress)));
  const least = Math.max(0, CALL_ROUNDS - sinceStart) + starts * CALL_ROUNDS;
  const eachMs = roundMs(next.length === 0 ? contenders : next);
  const needed = Math.max(least, ...openPairs(progress).map(({ standing }) => furtherRounds(standing)));
  const left = Math.min(needed, limits.rounds - rounds);
  return Math.max(0, Math.min(left * eachMs + restartMs, timeLimitMs(progress) - measuringMs));
}

/** How many rounds more a pair needs; endless without an interval yet. */
function furtherRounds(standing: Standing | undefined): number {
  if (standing === undefined) return Number.POSITIVE_INFINITY;
  const { rounds, found } = standing;
  return Math.max(0, countToNarrow(rounds, { width: halfWidth(found), wanted: narrowEnough(found) }) - rounds);
}

/** How long it would take to settle an open pair in rounds of `eachMs`, whatever the limits, ms; null before that can be told. */
export function settlingMs({ standing }: Open, eachMs: number): number | null {
  const left = furtherRounds(standing);
  return Number.isFinite(left) ? left * eachMs : null;
}
