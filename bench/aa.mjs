// A against A: two equal contenders must come out as "no difference shown" at least 95 times in 100, by the very rules
// that the compare experiment uses: rounds in shuffled order, looked at after each, until stable or at the limit.
// Simulated timings (with spikes, drift and rounds that are slow for both), then real ones of one function, measured as
// two contenders. Restless ones take up to two seconds for each experiment.
// Usage: node bench/aa.mjs [EXPERIMENTS] [PART OF A TITLE]
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createRandom, shuffled } = await load('src/engine/statistics/random.ts');
const { difference, isStable } = await load('src/engine/statistics/difference.ts');
const { LIMITS } = await load('src/engine/kinds/compare/stability.ts');

const EXPERIMENTS = Number(process.argv[2] ?? 100);
const NEEDED = 0.95;

/** One experiment: measures both in each round until their ratio is stable. */
function experiment(measure, random) {
  const values = { a: [], b: [] };
  const seed = random.next();
  while (values.a.length < LIMITS.rounds) {
    const round = values.a.length;
    for (const name of shuffled(['a', 'b'], random)) values[name].push(measure(round));
    if (isStable(values.a, values.b, { seed })) break;
  }
  return { ...difference(values.a, values.b, { seed }), rounds: values.a.length };
}

const uniform = (random) => (random.next() + 0.5) / 2 ** 32;
const normal = (random) => Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));

/** Log-normal times, as tasks have them; one in twenty is up to twice as long. */
function simulated({ spread, drift = 0, shared = 0 }, random) {
  let slow = 1;
  let last = -1;
  return (round) => {
    if (round !== last) slow = Math.exp(shared * normal(random)) * (1 + drift * round);
    last = round;
    const spike = uniform(random) < 0.05 ? 1 + uniform(random) : 1;
    return 100 * slow * spike * Math.exp(spread * normal(random));
  };
}

/** One hash of 256 KiB in this process, about a quarter of a millisecond. */
function real() {
  const data = Buffer.alloc(256 * 1024, 7);
  return () => {
    const startMs = performance.now();
    createHash('sha256').update(data).digest();
    return performance.now() - startMs;
  };
}

function run(title, measureOf) {
  const random = createRandom(20_26);
  let equal = 0;
  let covered = 0;
  let rounds = 0;
  for (let at = 0; at < EXPERIMENTS; at++) {
    const found = experiment(measureOf(random), random);
    if (found.verdict === 'no-difference') equal++;
    if (found.interval.low <= 1 && found.interval.high >= 1) covered++;
    rounds += found.rounds;
  }
  const holds = equal / EXPERIMENTS >= NEEDED;
  const share = (count) => `${((100 * count) / EXPERIMENTS).toFixed(1)} in 100`;
  console.log(
    `${title.padEnd(44)} no difference shown ${share(equal).padStart(12)}   95 % interval holds 1 ${share(covered).padStart(12)}   ${(rounds / EXPERIMENTS).toFixed(1)} rounds   ${holds ? 'holds' : 'FAILS'}`,
  );
  return holds;
}

const CASES = [
  ['simulated, 1 % spread', (random) => simulated({ spread: 0.01 }, random)],
  ['simulated, 5 % spread', (random) => simulated({ spread: 0.05 }, random)],
  ['simulated, 20 % spread', (random) => simulated({ spread: 0.2 }, random)],
  ['simulated, 3 % spread, slower every round', (random) => simulated({ spread: 0.03, drift: 0.01 }, random)],
  ['simulated, 3 % spread, slow rounds for both', (random) => simulated({ spread: 0.03, shared: 0.3 }, random)],
  ['real, one function as two contenders', real],
];
const wanted = CASES.filter(([title]) => title.includes(process.argv[3] ?? ''));
if (wanted.length === 0) throw new Error(`No case is named so: there are ${CASES.map(([title]) => title).join('; ')}.`);
const verdicts = wanted.map(([title, measureOf]) => run(title, measureOf));
if (verdicts.includes(false)) {
  console.error(`Two equal contenders were told apart more than ${Math.round((1 - NEEDED) * 100)} times in 100.`);
  process.exit(1);
}
process.exit(0);
