import {
  contenderTitle,
  duration,
  factor,
  interval,
  isSingle,
  number,
  percent,
  plural,
  times,
  wholeSeconds,
} from '../../../contract';
import { listed } from '../../report/words';
import { countToNarrow } from '../../statistics/summary';
import { endsOfSpeed, leans, NARROW, turned, widthOf, type Held } from '../shared/held';

/** What an experiment took whose rounds leave something open. */
export interface Spent {
  /** Time of the rounds, ms. */
  measuringMs: number;
  /** The number of rounds, where it was decided before the first of them. */
  plannedRounds: number | null;
  /** A round of two contenders, ms. */
  roundMs: (held: Held) => number;
  /** What a precise comparison may take, ms; null where this was one. */
  preciseMs: number | null;
}

const both = ({ one, other }: Held): string => `${contenderTitle(one)} and ${contenderTitle(other)}`;

/** A share that is not exceeded, rounded up to the digits that are written. */
function atMost(share: number): string {
  const step = share < 0.0995 ? 1e-3 : 1e-2;
  return percent(Math.ceil(share / step - 1e-6) * step);
}

/** How far the two may be apart, either way. */
function farthest(ends: { low: number; high: number }): string {
  const ratio = Math.max(ends.high, 1 / ends.low);
  return ratio > 2 ? factor(ratio) : atMost(ratio - 1);
}

/** With its sign, as exactly as it is written. */
const sign = (share: number): string => `${share < 0 ? '' : '+'}${percent(Math.round(share * 1e4) / 1e4)}`;

/** Of two that are not told apart, as a clause: by how much they can differ, and whether that is as narrow as intervals are made. */
export function apartAtEnd(
  held: Held,
  { measuringMs, plannedRounds }: Pick<Spent, 'measuringMs' | 'plannedRounds'>,
): string {
  const ends = endsOfSpeed(held);
  const after = plannedRounds === null ? duration(wholeSeconds(measuringMs)) : plural(plannedRounds, 'round');
  if (leans(held)) return `${leaning(held)}; after ${after} that is not certain enough to be called`;
  if (held.verdict === 'no-difference' && ends !== null && widthOf(held) <= NARROW)
    return `${both(held)} are not told apart: if they differ, then by no more than ${farthest(ends)} (95 %)`;
  return `${both(held)} are undecided after ${after}${ends === null ? '' : `: ${between(ends)}`}`;
}

/** `processes look faster than threads (1.80 × [1.51, 1.99])` */
function leaning(held: Held): string {
  const { one, other, speed } = held.speed.value < 1 ? turned(held) : held;
  return `${contenderTitle(one)} ${isSingle(one) ? 'looks' : 'look'} faster than ${contenderTitle(other)} (${times(speed)})`;
}

function between(ends: { low: number; high: number }): string {
  const [less, more] = [ends.low - 1, ends.high - 1];
  return less < -0.5 || more > 1
    ? `the ratio lies in ${interval(ends, factor)}`
    : `the difference lies between ${sign(less)} and ${sign(more)}`;
}

/** Of two that are not told apart yet, while rounds go on, as a clause. `moreMs`: what that would take, of at most `leftMs`; null where it is not known. */
export function apartSoFar(held: Held, { moreMs, leftMs }: { moreMs: number | null; leftMs: number }): string {
  const ends = endsOfSpeed(held);
  const within = ends === null ? '' : `, within ${farthest(ends)} of each other`;
  const now = leans(held) ? `${leaning(held)}, which is not certain yet` : `${both(held)}: not told apart yet${within}`;
  if (moreMs === null) return now;
  return `${now}; ${moreMs > leftMs ? 'it would take ' : ''}about ${duration(wholeSeconds(moreMs))} more`;
}

/** What it would take to make the widest of these intervals as narrow as intervals are made; nothing where all are. */
export function narrowing(open: readonly Held[], { measuringMs, plannedRounds, roundMs, preciseMs }: Spent): string {
  const wide = open.filter((held) => endsOfSpeed(held) !== null && widthOf(held) > NARROW);
  const needed = (held: Held): number => countToNarrow(held.rounds, { width: widthOf(held), wanted: NARROW });
  const [most] = wide.toSorted((a, b) => needed(b) - needed(a));
  if (most === undefined) return '';
  const to = `To narrow ${wide.length === 1 ? 'that' : 'these'} to ±${percent(NARROW)} would take about`;
  if (plannedRounds !== null) return `${to} ${plural(Math.ceil(needed(most) / 10) * 10, 'round')}.`;
  const ms = measuringMs + (needed(most) - most.rounds) * roundMs(most);
  const precise = preciseMs === null ? '' : `; a precise comparison takes up to ${duration(preciseMs)}`;
  return `${to} ${duration(wholeSeconds(ms))} of rounds${precise}.`;
}

/** Too few rounds for any interval. `needed`: from how many on there is one where rounds do not follow one another. */
export function tooFew(rounds: number, { needed, contenders }: { needed: number; contenders: number }): string {
  return rounds < needed
    ? `Too few rounds to call a difference: ${number(rounds)}, and with ${number(contenders)} contenders it takes at least ${number(needed)}.`
    : `Too few rounds to call a difference: ${number(rounds)}, each much like the one before.`;
}

/** What changes of speed did to the pairs that were looked at: nothing is claimed of them, or only what is far beyond the changes; nothing without changes. */
export function unsteady(looked: readonly Held[]): string {
  const unclaimed = looked.filter(({ verdict }) => verdict === 'unsteady');
  const beyond = looked.filter(({ basis, verdict }) => basis === 'quarters' && verdict !== 'unsteady');
  const why = 'Speeds changed while this was measured (the machine’s, or those of workers from one start to the next)';
  const none =
    unclaimed.length === looked.length ? 'no ratio is claimed' : `no ratio of ${pairsOf(unclaimed)} is claimed`;
  const far =
    beyond.length === 1
      ? 'is far beyond those changes, and its interval allows for them'
      : 'are far beyond those changes, and their intervals allow for them';
  const clauses = [
    ...(unclaimed.length === 0 ? [] : [none]),
    ...(beyond.length === 0 ? [] : [`the ratio${beyond.length === 1 ? '' : 's'} of ${pairsOf(beyond)} ${far}`]),
  ];
  return clauses.length === 0 ? '' : `${[why, ...clauses].join('; ')}.`;
}

const pairsOf = (all: readonly Held[]): string =>
  listed(all.map(({ one, other }) => `${contenderTitle(one)} to ${contenderTitle(other)}`));
