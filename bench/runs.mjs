// Runs of one program set side by side: how often two of them are told apart, by the very function that `history diff`, the
// view and `--baseline` use, and by the 99 % interval alone. Simulated runs have what real ones have: rounds that vary, a
// level of their own (memory, compiler, clock), and other load that takes the cores for a while, which shows as waiting.
// Then real ones, where a folder of reports of the same program is named (several `coreloom compare` or `run` with the
// same settings and one CORELOOM_HOME), every pair of them.
// Usage: node bench/runs.mjs [PAIRS] [FOLDER OF REPORTS]
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createRandom } = await load('src/engine/statistics/random.ts');
const { ratioInterval } = await load('src/engine/statistics/bootstrap.ts');
const { changeOf } = await load('src/engine/reports/change.ts');
const { kindOf } = await load('src/engine/kinds/kind-of.ts');
const { unlikeness } = await load('src/engine/reports/unlike.ts');
const { parseUntrustedReport } = await load('src/engine/report/index.ts');

const PAIRS = Number(process.argv[2] ?? 1000);
const FOLDER = process.argv[3];
const GOAL = 0.05;
const ROUNDS = 12;

const uniform = (random) => (random.next() + 0.5) / 2 ** 32;
const normal = (random) => Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));

/**
 * One run of a program. `spread` of its rounds, `level` from run to run, `load`: the most that other programs take of its
 * time, a share of it drawn for the run and coming and going in it; what is not seen of it is `hidden`.
 */
function run({ spread, level, load: most = 0, hidden = 0, slower = 1 }, random) {
  const own = 100 * slower * Math.exp(level * normal(random));
  const taken = most * uniform(random);
  let lately = 0;
  const each = [];
  const raw = Array.from({ length: ROUNDS }, () => {
    lately = 0.7 * lately + 0.3 * normal(random);
    const share = Math.min(0.9, Math.max(0, taken * (1 + lately)));
    const ms = (own * Math.exp(spread * normal(random)) * (1 + hidden * share)) / (1 - share);
    each.push(share);
    return ms;
  });
  const value = [...raw].sort((a, b) => a - b)[ROUNDS / 2];
  return {
    of: 'threads',
    name: 'Makespan',
    unit: 'ms',
    better: 'lower',
    value,
    raw,
    load: { waited: each.reduce((sum, share) => sum + share, 0) / ROUNDS, each },
  };
}

const CASES = [
  ['quiet, rounds vary by 2 %', { spread: 0.02, level: 0 }],
  ['quiet, runs differ by 1 %', { spread: 0.02, level: 0.01 }],
  ['quiet, runs differ by 2 %', { spread: 0.02, level: 0.02 }],
  ['others take up to 15 %', { spread: 0.02, level: 0.01, load: 0.15 }],
  ['others take up to 40 %', { spread: 0.03, level: 0.01, load: 0.4 }],
  ['others take up to 40 % and the cache', { spread: 0.03, level: 0.01, load: 0.4, hidden: 0.2 }],
];

const TOLD = new Set(['lower', 'higher']);
const byInterval = ({ raw }, { raw: first }) => {
  const { low, high } = ratioInterval(raw, first, { seed: 1, confidence: 0.99 });
  return high < 1 || low > 1;
};
const percent = (count, of) => `${((100 * count) / of).toFixed(1)} %`;
const line = (title, ...cells) =>
  console.log(title.padEnd(40) + cells.map((cell) => String(cell).padStart(22)).join(''));

/** Counts what a list of pairs, each of one figure, come to. */
function told(pairs) {
  const verdicts = pairs.map(([one, first]) => changeOf(one, first)?.verdict);
  const count = (wanted) => verdicts.filter(wanted).length;
  return {
    interval: pairs.filter(([one, first]) => byInterval(one, first)).length,
    guarded: count((verdict) => TOLD.has(verdict)),
    unlike: count((verdict) => verdict === 'unlike-load'),
    of: pairs.length,
  };
}

function show(title, pairs) {
  const { interval, guarded, unlike, of } = told(pairs);
  line(title, percent(interval, of), percent(guarded, of), percent(unlike, of));
  return guarded / of;
}

console.log(`The same program in two runs of ${ROUNDS} rounds, ${PAIRS} pairs each: told apart`);
line('', 'by 99 % interval alone', 'as Coreloom calls it', 'load unlike');
const rates = CASES.map(([title, shape]) => {
  const random = createRandom(20_26);
  return show(
    title,
    Array.from({ length: PAIRS }, () => [run(shape, random), run(shape, random)]),
  );
});

console.log('\nA program that is slower: told to be so');
for (const [times, shape] of [
  [1.05, CASES[1][1]],
  [1.1, CASES[1][1]],
  [1.2, CASES[1][1]],
  [1.2, CASES[3][1]],
]) {
  const random = createRandom(20_26);
  const [title] = CASES.find(([, known]) => known === shape);
  show(
    `${times.toFixed(2)} × the time, ${title}`,
    Array.from({ length: PAIRS }, () => [run({ ...shape, slower: times }, random), run(shape, random)]),
  );
}

if (FOLDER !== undefined) rates.push(...real(FOLDER));
if (rates.some((rate) => rate > GOAL)) {
  console.error(`Runs of one program were told apart more than ${GOAL * 100} times in 100.`);
  process.exit(1);
}
process.exit(0);

/** Every pair of reports, figure by figure. */
function real(folder) {
  const reports = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parseUntrustedReport(readFileSync(join(folder, name), 'utf8')));
  const alike = reports.filter((report) => unlikeness(report, reports[0]).length === 0);
  const figures = alike.map((report) =>
    kindOf(report)
      .figures(report)
      .filter(({ raw }) => raw !== undefined && raw.length > 0),
  );
  console.log(`\nReal: ${alike.length} reports in ${folder}, alike in settings and machine, every pair`);
  const keys = [...new Set(figures.flat().map(({ of, name }) => `${of}: ${name}`))];
  line('', 'by 99 % interval alone', 'as Coreloom calls it', 'load unlike');
  return keys.map((key) => {
    const column = figures.flatMap((one) => one.filter(({ of, name }) => `${of}: ${name}` === key));
    return show(
      key,
      column.flatMap((one, at) => column.slice(at + 1).map((first) => [one, first])),
    );
  });
}
