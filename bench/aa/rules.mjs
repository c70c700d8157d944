// The rule of verdicts on made-up rounds, by the project's own statistics, and the rule that it replaced.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
export const { createRandom } = await load('src/engine/statistics/random.ts');
const { CALL_ROUNDS, MOST_INFLATION, difference, halfWidth, isSettled, narrowEnough } = await load(
  'src/engine/statistics/difference.ts',
);
const { movedLevels } = await load('src/engine/statistics/moved-levels.ts');
const { inflation, ranksOutside, reach } = await load('src/engine/statistics/sequence.ts');
const { countToNarrow, median } = await load('src/engine/statistics/summary.ts');

const ALPHA = 0.05;
/** No interval wider than this settles anything, as a logarithm. */
const WIDEST = 0.1;
/** Of six contenders, with which each is held against first: the baseline of its language. */
const BASELINES = [null, 0, 0, null, 3, 3];
/** A round of all, and starting the workers of one, s: about what they take on a quiet machine with two cores. */
const ROUND_S = { 2: 0.11, 3: 0.16, 6: 0.26 };
const START_S = 0.1;
const limitS = (count) => 10 + 3.5 * (count - 2);

const range = (count) => Array.from({ length: count }, (_, at) => at);
const everyPair = (count) => range(count).flatMap((a) => range(count - a - 1).map((b) => [a, a + b + 1]));

/** What two contenders took in the rounds that both have: logarithms of the ratio, in their order. */
class Pair {
  logs = [];
  #sorted = [];
  #inflation = null;

  add(log) {
    this.logs.push(log);
    const at = this.#sorted.findLastIndex((other) => other <= log);
    this.#sorted.splice(at + 1, 0, log);
    this.#inflation = null;
  }

  /** On which side of `truth` the interval at `alpha` lies, 0 if it holds it. By ranks alone, as the interval is made: much faster. */
  side(alpha, truth = 0) {
    const n = this.logs.length;
    if (n < CALL_ROUNDS) return 0;
    this.#inflation ??= inflation(this.logs);
    const outside = ranksOutside(n, { alpha, inflated: this.#inflation });
    if (outside < 1 || this.#inflation > MOST_INFLATION) return this.#sideOfLevels(alpha, truth);
    const below = meansBelow(this.#sorted, truth);
    if ((n * (n + 1)) / 2 - below < outside) return -1;
    return below < outside ? 1 : 0;
  }

  /** The same of levels that moved: as the project's own rule has it, where they are called at `alpha`. */
  #sideOfLevels(alpha, truth) {
    const found = movedLevels(this.logs)?.interval(alpha);
    if (found === undefined || (found.low <= 0 && found.high >= 0)) return 0;
    if (found.high < truth) return -1;
    return found.low > truth ? 1 : 0;
  }

  /** Whether the 95 % interval may be narrow enough for anything: whether enough means of two lie near the middle, by ranks. */
  mayBeNarrow() {
    const n = this.logs.length;
    const middle = this.#sorted[n >> 1];
    if (this.side(ALPHA, middle) !== 0) return true;
    const errors = reach(n, ALPHA) * Math.sqrt((this.#inflation * n * (n + 1) * (2 * n + 1)) / 24);
    const near = meansBelow(this.#sorted, middle + WIDEST) - meansBelow(this.#sorted, middle - WIDEST);
    return near >= 2 * errors - 1;
  }

  difference(pairs, planned = false) {
    return difference(
      this.logs.map(Math.exp),
      this.logs.map(() => 1),
      { pairs, planned },
    );
  }
}

function meansBelow(sorted, middle) {
  let [count, last] = [0, sorted.length - 1];
  for (let first = 0; first < sorted.length; first++) {
    while (last >= first && sorted[first] + sorted[last] >= 2 * middle) last--;
    if (last < first) break;
    count += last - first + 1;
  }
  return count;
}

/** One experiment; `effects`: what each contender's time is longer by, as a logarithm; `starts`: how often workers start. */
class Field {
  seconds = 0;
  round = 0;
  block = 0;
  inBlock = 0;
  constructor(count, noise, { random, effects = [], starts = 4 }) {
    Object.assign(this, { count, effects, starts });
    this.next = noise(count, random);
    this.own = range(count).map(() => []);
    this.pairs = everyPair(count).map(([a, b]) => ({ a, b, pair: new Pair(), firstCallS: null, everMissed: false }));
    this.alpha = ALPHA / this.pairs.length;
    this.active = new Set(range(count));
  }

  truth = ({ a, b }) => (this.effects[b] ?? 0) - (this.effects[a] ?? 0);

  measure() {
    const values = this.next(this.round, this.block).map((value, one) => value + (this.effects[one] ?? 0));
    for (const one of this.active) this.own[one].push(values[one]);
    this.seconds += (ROUND_S[this.count] / this.count) * this.active.size;
    for (const each of this.pairs)
      if (this.active.has(each.a) && this.active.has(each.b)) each.pair.add(values[each.b] - values[each.a]);
    this.round++;
    this.inBlock++;
  }

  /** What is on the screen after a round. */
  look() {
    for (const each of this.pairs) {
      if (!this.active.has(each.a) || !this.active.has(each.b)) continue;
      if (each.firstCallS === null && each.pair.side(this.alpha) !== 0) each.firstCallS = this.seconds;
      each.everMissed ||= each.pair.side(ALPHA, this.truth(each)) !== 0;
    }
  }

  /** Each contender with its baseline, and the fastest with the next fastest. */
  toSettle() {
    const byTime = range(this.count).toSorted((a, b) => median(this.own[a]) - median(this.own[b]));
    const baseline = (one) => (this.count === 6 ? BASELINES[one] : one === 0 ? null : 0);
    const wanted = [...range(this.count).map((one) => [one, baseline(one)]), byTime.slice(0, 2)];
    return this.pairs.filter(({ a, b }) => wanted.some((two) => two.includes(a) && two.includes(b)));
  }

  start() {
    this.block++;
    this.inBlock = 0;
    this.seconds += START_S * this.count;
    this.active = new Set(range(this.count));
  }
}

/** The rule as it runs: looked at after every round, settled contenders leave, workers start again in each quarter of the time. */
export function experiment(count, noise, options) {
  const field = new Field(count, noise, options);
  const limit = limitS(count);
  const estimates = [];
  for (;;) {
    field.measure();
    field.look();
    if (field.inBlock < CALL_ROUNDS) continue;
    const open = field
      .toSettle()
      .filter(({ pair }) => !(pair.mayBeNarrow() && isSettled(pair.difference(field.pairs.length))));
    if (options.estimating && open.length > 0) estimates.push(estimate(open, field));
    const last = field.block === field.starts - 1;
    if (field.seconds >= limit || (open.length === 0 && last)) break;
    if (open.length === 0 || (!last && field.seconds >= (limit * (field.block + 1)) / field.starts)) field.start();
    else field.active = new Set(open.flatMap(({ a, b }) => [a, b]));
  }
  return { ...outcome(field, false), estimates, settled: field.seconds < limit };
}

/** Rounds that are said to be needed in all, by the widest of these pairs. */
function estimate(open, { round, pairs }) {
  const needed = open.map(({ pair }) => {
    const found = pair.difference(pairs.length);
    return countToNarrow(pair.logs.length, { width: halfWidth(found), wanted: narrowEnough(found) });
  });
  return { round, needed: Math.max(...needed) };
}

/** A number of rounds decided before the first, and one look. */
export function planned(count, noise, { rounds, ...options }) {
  const field = new Field(count, noise, options);
  while (field.round < rounds) field.measure();
  return outcome(field, true);
}

function outcome(field, isPlanned) {
  const pairs = field.pairs.map((each) => {
    const found = each.pair.difference(field.pairs.length, isPlanned);
    const truth = Math.exp(field.truth(each));
    const side = each.pair.side(field.alpha);
    // The short cut must agree with the project's own verdict.
    if (!isPlanned && found.verdict !== 'unsteady' && side !== { lower: -1, higher: 1 }[found.verdict] && side !== 0)
      throw new Error(`Ranks say ${side}, the interval ${found.verdict}.`);
    return {
      a: each.a,
      b: each.b,
      verdict: found.verdict,
      held: found.interval === null || (found.interval.low <= truth && found.interval.high >= truth),
      everMissed: each.everMissed,
      firstCallS: each.firstCallS,
    };
  });
  return { pairs, rounds: field.round, seconds: field.seconds };
}

const FORMER = { call: 0.99, narrow: 0.025, least: 10, most: 100, looked: 100, resamples: 1000 };

/** The rule before: 99 % percentile bootstraps of ratios of medians, until those at 95 % are within 2.5 %. */
export function former(count, noise, { random }) {
  const next = noise(count, random);
  const own = range(count).map(() => []);
  const settling = range(count).flatMap((one) => {
    const baseline = count === 6 ? BASELINES[one] : one === 0 ? null : 0;
    return baseline === null ? [] : [[one, baseline]];
  });
  const isWide = ([a, b]) => {
    const [{ low, high }] = bootstrap([own[a], own[b]], [0.95], FORMER.looked, random);
    return (high - low) / 2 / (median(own[a]) / median(own[b])) > FORMER.narrow;
  };
  // The one that was too wide is most likely so still.
  let wide = settling[0];
  for (let round = 0; round < FORMER.most && wide !== undefined; round++) {
    for (const [one, value] of next(round, 0).entries()) own[one].push(Math.exp(value));
    if (round + 1 >= FORMER.least && !isWide(wide)) wide = settling.find(isWide);
  }
  const pairs = everyPair(count).map(([a, b]) => {
    const [call, shown] = bootstrap([own[a], own[b]], [FORMER.call, 0.95], FORMER.resamples, random);
    return {
      verdict: call.high < 1 ? 'lower' : call.low > 1 ? 'higher' : 'no-difference',
      held: shown.low <= 1 && shown.high >= 1,
    };
  });
  return { pairs, rounds: own[0].length };
}

/** Draws rounds with replacement: how often each is drawn, and the medians from the sorted values. */
function bootstrap([values, against], confidences, resamples, random) {
  const n = values.length;
  const order = (of) => range(n).toSorted((a, b) => of[a] - of[b]);
  const [orderA, orderB] = [order(values), order(against)];
  const drawn = new Int32Array(n);
  const medianOf = (of, sorted) => {
    const [lower, upper] = [(n - 1) >> 1, n >> 1];
    let [passed, at] = [0, -1];
    while (passed <= lower) passed += drawn[sorted[++at]];
    const first = of[sorted[at]];
    while (passed <= upper) passed += drawn[sorted[++at]];
    return (first + of[sorted[at]]) / 2;
  };
  const found = Float64Array.from({ length: resamples }, () => {
    drawn.fill(0);
    for (let at = 0; at < n; at++) drawn[random.below(n)]++;
    return medianOf(values, orderA) / medianOf(against, orderB);
  }).sort();
  const quantile = (share) => found[Math.round(share * (resamples - 1))];
  return confidences.map((confidence) => ({
    low: quantile((1 - confidence) / 2),
    high: quantile((1 + confidence) / 2),
  }));
}
