// Whether equal contenders come out as equal, and different ones as different: the rule of verdicts on made-up and recorded
// rounds, with two and six contenders, any pair counting, beside the rule before it (docs/adr/0047-the-rule-of-verdicts.md);
// then for real, two pools of one kind by two names. Ends with 1 where a goal is missed.
// Usage: npm run bench:aa [-- EXPERIMENTS] [PART OF A TITLE] [REAL EXPERIMENTS]     (the real ones want a build)
import { createCrew } from './aa/crew.mjs';
import { inHundred, isCalled, isUnsteady, line, mean, medianAndMost, pairsInHundred, quantile } from './aa/figures.mjs';
import { HARD, NOISE } from './aa/noise.mjs';

const [, , experiments = '100', part = '', real = '3'] = process.argv;
const EXPERIMENTS = Number(experiments);
/** At most this many false calls in 100 experiments, and at least this many intervals in 100 that hold the true ratio. */
const GOAL = { calls: 5, held: 95 };
const SIZES = [2, 6];
const STARTS = [1, 2, 4, 6, 9];
const PLANNED = [8, 12, 30, 100];
const LOOKS = [20, 30, 40];

const crew = createCrew();
const missed = [];

/** Those rows of a table that are asked for, its head printed where there are any. */
function wanted(title, head, rows) {
  const found = rows.filter((row) => `${title}: ${row.title}`.includes(part));
  if (found.length > 0) console.log(`\n${title}${head === '' ? '' : `\n${head}`}`);
  return found;
}

/** Prints the rows of a table in their order, each as soon as it is there; all are under way at once. */
async function table(title, head, rows) {
  for (const text of wanted(title, head, rows).map((row) => row.text())) console.log(await text);
}

/** A row for each kind of noise and number of contenders. */
const rowsOf = (noises, text) =>
  SIZES.flatMap((contenders) =>
    Object.keys(noises).map((noise) => ({
      title: `${contenders} ${noise}`,
      text: () => text({ contenders, noise }, `${contenders} ${noise}`),
    })),
  );
const run = (row, rule, options = {}) => crew.run({ ...row, rule, options }, EXPERIMENTS);

/** Held against the goal; a miss is said, and ends the bench with 1. */
function judged(title, { calls, held }) {
  const holds = Math.max(...calls) <= GOAL.calls && Math.min(...held) >= GOAL.held;
  if (!holds) missed.push(title);
  return holds ? '  holds' : '  MISSED';
}

const anyCalled = (found) => inHundred(found, ({ pairs }) => pairs.some(isCalled));
const held = (found) => pairsInHundred(found, (pair) => pair.held);

const equal = (hasGoal) => async (row, title) => {
  const [now, before] = await Promise.all([run(row, 'experiment'), run(row, 'former')]);
  const ever = inHundred(now, ({ pairs }) => pairs.some(({ firstCallS }) => firstCallS !== null));
  const always = pairsInHundred(now, ({ everMissed }) => !everMissed);
  const cells = [
    anyCalled(now),
    ever,
    held(now),
    always,
    inHundred(now, ({ pairs }) => pairs.some(isUnsteady)),
    pairsInHundred(now, isUnsteady),
    mean(now.map(({ rounds }) => rounds)),
    mean(now.map(({ seconds }) => seconds)),
    anyCalled(before),
    held(before),
    mean(before.map(({ rounds }) => rounds)),
  ];
  const verdict = hasGoal ? judged(title, { calls: [anyCalled(now), ever], held: [held(now), always] }) : '';
  return line(title, cells) + verdict;
};

const powerRow = (contenders, noise, by) => {
  const title = `${contenders} ${noise}, ${100 * by} %`;
  return { title, text: () => power({ contenders, noise }, by, title) };
};
const powerRows = ['log-normal 3 %', 'log-normal 5 %', 'recorded http-s'].flatMap((noise) =>
  SIZES.flatMap((contenders) => [0.01, 0.02, 0.05, 0.1, 0.3].map((by) => powerRow(contenders, noise, by))),
);
const restlessRows = ['AR(1), phi 0.6', 'step of 30 % at round 45', 'sticky, sd 5 %', 'sticky, sd 10 %'].flatMap(
  (noise) => SIZES.flatMap((contenders) => [0.3, 1].map((by) => powerRow(contenders, noise, by))),
);

async function power(row, by, title) {
  const found = await run(row, 'experiment', { effects: [Math.log(1 + by)] });
  const different = found.flatMap(({ pairs }) => pairs.filter(({ a }) => a === 0));
  const same = found.flatMap(({ pairs }) => pairs.filter(({ a }) => a !== 0));
  return line(title, [
    inHundred(different, ({ verdict }) => verdict === 'lower'),
    inHundred(different, ({ verdict }) => verdict === 'higher'),
    same.length === 0 ? '-' : inHundred(same, isCalled),
    inHundred(different, isUnsteady),
    medianAndMost(different.flatMap(({ firstCallS }) => firstCallS ?? [])).padStart(13),
    medianAndMost(found.map(({ seconds }) => seconds)).padStart(13),
    inHundred(found, ({ settled }) => settled),
  ]);
}

async function starts(row, title) {
  const found = await Promise.all(STARTS.map((count) => run(row, 'experiment', { starts: count })));
  return line(title, found.map(anyCalled));
}

async function plannedRounds(row, title) {
  const found = await Promise.all(PLANNED.map((rounds) => run(row, 'planned', { rounds, starts: 1 })));
  const [calls, intervals] = [found.map(anyCalled), found.map(held)];
  return line(title, [...calls, ...intervals]) + judged(title, { calls, held: intervals });
}

async function estimates(row, title) {
  const settled = (await run(row, 'experiment', { estimating: true })).filter((one) => one.settled);
  const off = (at) =>
    settled.flatMap(({ estimates: made, rounds }) =>
      made.flatMap(({ round, needed }) => (round === at && Number.isFinite(needed) ? [needed / rounds] : [])),
    );
  const said = (ratios) => [0.1, 0.5, 0.9].map((share) => quantile(ratios, share).toFixed(2)).join(' ');
  return line(
    title,
    LOOKS.map((at) => (off(at).length === 0 ? '-' : said(off(at)))),
    18,
  );
}

async function realRow(kind, workload, title) {
  const { realExperiment } = await import('./aa/real.mjs');
  const found = [];
  for (let seed = 1; seed <= Number(real); seed++) {
    const report = await realExperiment(kind, { workload, seed });
    const [{ ratio, verdict }] = report.differences;
    const ends = ratio.low === null ? 'none' : `${ratio.low.toFixed(3)} ${ratio.high.toFixed(3)}`;
    console.log(line('', [report.roundCount, ratio.value.toFixed(3), ends.padStart(14), `  ${verdict}`]));
    found.push(verdict);
  }
  const called = found.filter((verdict) => verdict === 'faster' || verdict === 'slower').length;
  // Of a few, one may be called by chance.
  const holds = called <= Math.max(1, (GOAL.calls / 100) * found.length);
  if (!holds) missed.push(title);
  return `${title}: ${called} of ${found.length} called different${holds ? ', holds' : ', MISSED'}`;
}

const equalHead = line('', [
  ...['called', 'ever', 'held', 'always', 'unsteady', 'pairs', 'rounds', 's'],
  ...['former:', 'held', 'rounds'],
]);
await table(
  `Equal contenders. Experiments in 100 with a pair called different at the end, and at any look (goal: at most ${GOAL.calls});
95 % intervals in 100 that hold the true ratio at the end, and at every look (goal: at least ${GOAL.held}); experiments and pairs in 100
called unsteady; rounds, and s with new starts; the first, third and seventh figure of the rule before`,
  equalHead,
  rowsOf(NOISE, equal(true)),
);
await table(
  'Equal but for steps, long memory and workers that differ from start to start. The same, without a goal',
  equalHead,
  rowsOf(HARD, equal(false)),
);
await table(
  'Starts of the workers. Experiments in 100 with a pair called different at the end',
  line('', STARTS.map(String)),
  rowsOf(
    Object.fromEntries(
      Object.entries({ ...NOISE, ...HARD }).filter(([noise]) => /^sticky.*[25] %|normal 5|http-s/.test(noise)),
    ),
    starts,
  ),
);
const powerHead = line('', [
  ...['right', 'wrong', 'others', 'unsteady'],
  ...['first call'.padStart(13), 'end'.padStart(13), 'settled'],
]);
await table(
  `Power. The others are faster than the first by so much: pairs in 100 called right and wrong, pairs of the others called, and
unsteady; s until the first call of a pair and until the end, median (90 in 100); experiments in 100 that settled`,
  powerHead,
  powerRows,
);
await table('Large differences where speeds change. The same', powerHead, restlessRows);
await table(
  'Planned rounds, looked at once. Experiments in 100 with a pair called different; intervals in 100 that hold the true ratio',
  line('', [...PLANNED.map(String), ...PLANNED.map((rounds) => `${rounds}: held`)]),
  rowsOf(NOISE, plannedRounds),
);
await table(
  'Estimates. Rounds that are said to be needed ÷ rounds until everything settled: below this in 10, 50 and 90 of 100',
  line(
    '',
    LOOKS.map((at) => `after ${at}`),
    18,
  ),
  rowsOf({ 'log-normal 3 %': 1, 'recorded http': 1 }, estimates),
);
await crew.close();
const realRows = ['threads', 'processes'].flatMap((kind) =>
  ['primes', 'sha256'].map((workload) => {
    const title = `${kind} twice, ${workload}`;
    return { title, text: () => realRow(kind, workload, title) };
  }),
);
if (Number(real) > 0)
  for (const row of wanted('For real. Rounds, ratio, 95 % interval and verdict of two pools of one kind', '', realRows))
    console.log(await row.text());
if (missed.length > 0) {
  console.error(`Missed: ${missed.join('; ')}.`);
  process.exit(1);
}
process.exit(0);
