// How long rounds take on contenders that are equal: logarithms, so that what adds here multiplies times.
import { readFileSync } from 'node:fs';

const ROWS = 6;
/** Rounds of a recording that are kept together when it is shuffled. */
const BLOCK = 5;

/** Makespans of six contenders of `coreloom compare WORKLOAD`, 2026-11-29, two cores, ms; `-s` with shorter rounds. */
const RECORDED = JSON.parse(readFileSync(new URL('rounds.json', import.meta.url), 'utf8'));

const uniform = (random) => (random.next() + 0.5) / 2 ** 32;
const normal = (random) => Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
const each = (count, value) => Array.from({ length: count }, (_, at) => value(at));
const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** A recording with what differs between its contenders taken out. */
const centred = (name) =>
  Object.values(RECORDED[name]).map((times) => {
    const logs = times.map(Math.log);
    const middle = median(logs);
    return logs.map((log) => log - middle);
  });

/** A kind of noise: of a number of contenders and a random source it makes what gives each round, by its number and its block. */
const independent = (draw) => (count, random) => () => each(count, () => draw(random));
const logNormal = (spread) => independent((random) => spread * normal(random));

function autoregressive(spread, phi) {
  return (count, random) => {
    let values = each(count, () => spread * normal(random));
    return () => {
      const now = values;
      values = now.map((value) => phi * value + spread * Math.sqrt(1 - phi * phi) * normal(random));
      return now;
    };
  };
}

/** What holds a whole round up, or all from now on, does so for all. */
function shared(spread, { slow = 0, drift = 0 }) {
  return (count, random) => (round) => {
    const level = slow * normal(random) + Math.log(1 + drift * round);
    return each(count, () => level + spread * normal(random));
  };
}

/** Blocks of a recording in any order, its contenders dealt out again for each: equal ones, as far as that goes. */
function recorded(name) {
  const rows = centred(name);
  return (count, random) => {
    let [left, at, dealt] = [0, 0, []];
    return () => {
      if (left === 0) {
        left = BLOCK;
        at = random.below(rows[0].length - BLOCK + 1);
        dealt = dealtOut(random);
      }
      left--;
      const round = at++;
      return each(count, (one) => rows[dealt[one]][round]);
    };
  };
}

function dealtOut(random) {
  const all = each(ROWS, (row) => row);
  for (let last = ROWS - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [all[last], all[other]] = [all[other], all[last]];
  }
  return all;
}

/** A recording as it was, its contenders dealt out once: steps in it stay where they are. */
function inOrder(name) {
  const rows = centred(name);
  return (count, random) => {
    const dealt = dealtOut(random);
    return (round) => each(count, (one) => rows[dealt[one]][Math.min(round, rows[0].length - 1)]);
  };
}

/** Each start of a contender's workers has a level of its own, which it keeps. */
function sticky(size, level) {
  const beside = logNormal(0.05);
  return (count, random) => {
    const next = beside(count, random);
    let [block, levels] = [-1, []];
    return (round, ofBlock) => {
      if (ofBlock !== block) [block, levels] = [ofBlock, each(count, () => level(size, random))];
      return next(round, ofBlock).map((value, one) => value + levels[one]);
    };
  };
}
const anyLevel = (size, random) => size * normal(random);
const twoLevels = (size, random) => (uniform(random) < 0.5 ? size : 0);

/** One contender slows down for good. */
function step(size, from) {
  const beside = logNormal(0.05);
  return (count, random) => {
    const [next, who] = [beside(count, random), random.below(count)];
    return (round, block) =>
      next(round, block).map((value, one) => (one === who && round >= from ? value + Math.log(1 + size) : value));
  };
}

const spike = (random) => (uniform(random) < 0.05 ? Math.log(1 + 2 * uniform(random)) : 0);
const mode = (random) => (uniform(random) < 0.3 ? Math.log(1.2) : 0);

export const NOISE = {
  'log-normal 3 %': logNormal(0.03),
  'log-normal 5 %': logNormal(0.05),
  'log-normal 20 %': logNormal(0.2),
  'spikes, up to 3 × in 5 %': independent((random) => 0.03 * normal(random) + spike(random)),
  'two modes, 20 % apart': independent((random) => 0.02 * normal(random) + mode(random)),
  'slow rounds, shared': shared(0.03, { slow: 0.3 }),
  'drift, 1 % a round': shared(0.03, { drift: 0.01 }),
  'AR(1), phi 0.3': autoregressive(0.05, 0.3),
  'recorded http': recorded('http'),
  'recorded http-s': recorded('http-s'),
  'recorded primes': recorded('primes'),
  'recorded primes-s': recorded('primes-s'),
  'recorded files': recorded('files'),
};

/** What no rule can wholly see: told as it is. */
export const HARD = {
  'AR(1), phi 0.6': autoregressive(0.05, 0.6),
  'recorded sha256 (a step)': recorded('sha256'),
  'sha256 in its order': inOrder('sha256'),
  'step of 10 % at round 45': step(0.1, 45),
  'step of 30 % at round 15': step(0.3, 15),
  'step of 30 % at round 45': step(0.3, 45),
  'sticky, two levels 2 %': sticky(0.02, twoLevels),
  'sticky, two levels 5 %': sticky(0.05, twoLevels),
  'sticky, two levels 10 %': sticky(0.1, twoLevels),
  'sticky, sd 2 %': sticky(0.02, anyLevel),
  'sticky, sd 5 %': sticky(0.05, anyLevel),
  'sticky, sd 10 %': sticky(0.1, anyLevel),
};
