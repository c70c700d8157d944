// What Python's threads, processes and interpreters gain from a second worker, and what its interpreter lock does
// meanwhile: rounds in shuffled order, medians of ratios within a round. Wants idle cores, and says how busy they were.
// npm run bench:python [-- --python PATH] [--seconds 80] [--json FILE]
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const FEWEST_ROUNDS = 3;
const MOST_ROUNDS = 15;
/** The lock's probe reports five times a second: the first reports of a slice are passed over. */
const SETTLE_MS = 300;
const SLICE_MS = 700;
const WORK = [
  { workload: 'primes', size: 1000 },
  { workload: 'sha256', size: 8_000_000 },
  { workload: 'sleep', size: 10 },
];

const { values: options } = parseArgs({
  options: { python: { type: 'string' }, seconds: { type: 'string', default: '80' }, json: { type: 'string' } },
});
const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createPythonExecutor, findInterpreters, lockBetween } = await load('src/engine/python/index.ts');
const { createPool } = await load('src/engine/pool/index.ts');

const hostFolder = resolve(root, 'resources/python');
const { interpreters, rejected } = await findInterpreters({
  hostFolder,
  first: true,
  ...(options.python ? { explicit: options.python } : {}),
});
const interpreter = options.python ? interpreters.find(({ source }) => source === 'given') : interpreters[0];
if (!interpreter) {
  console.error(`No Python to measure. ${rejected.map(({ reason }) => reason).join(' ')}`);
  process.exit(1);
}
const names = ['python-threads', 'python-processes', ...(interpreter.interpreters ? ['python-interpreters'] : [])];

const median = (values) => {
  const sorted = values.filter((value) => value !== null && value !== undefined).toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length === 0
    ? null
    : sorted.length % 2 === 1
      ? sorted[middle]
      : (sorted[middle - 1] + sorted[middle]) / 2;
};
const shuffled = (items) =>
  items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** Tasks a second of so many workers, and what the lock did. */
async function slice(executor, input, workers) {
  executor.resize(workers);
  await executor.ready();
  let on = true;
  let done = 0;
  let seed = 0;
  const feeding = executor.feed({
    next: () => (on ? { ...input, seed: seed++ % 64 } : undefined),
    settled: (outcome) => {
      if (outcome.state === 'failed') throw new Error(outcome.error.message);
      done += 1;
    },
  });
  await wait(SETTLE_MS);
  const [before, earlier, startedMs] = [done, executor.status().lock, performance.now()];
  await wait(SLICE_MS);
  const [tasks, later, elapsedMs] = [done - before, executor.status().lock, performance.now() - startedMs];
  on = false;
  await feeding;
  const handOverUs = median(executor.status().workers.map((worker) => worker.handOverUs));
  executor.resize(0);
  return { perSecond: (tasks / elapsedMs) * 1e3, lock: lockBetween(earlier, later), handOverUs };
}

const executors = new Map(
  names.map((name) => [name, createPythonExecutor({ name, interpreter, hostFolder, createPool })]),
);
const busyBefore = os.loadavg()[0];
const rounds = [];
const endMs = performance.now() + Number(options.seconds) * 1e3;
let longestMs = 0;
while (rounds.length < FEWEST_ROUNDS || (rounds.length < MOST_ROUNDS && performance.now() + longestMs < endMs)) {
  if (process.stderr.isTTY) process.stderr.write(`round ${rounds.length + 1}\r`);
  const startedMs = performance.now();
  const seen = {};
  for (const [input, name, workers] of shuffled(
    WORK.flatMap((work) =>
      names.flatMap((one) => [
        [work, one, 1],
        [work, one, 2],
      ]),
    ),
  )) {
    seen[`${input.workload} ${name} ${workers}`] = await slice(executors.get(name), input, workers);
  }
  rounds.push(seen);
  longestMs = Math.max(longestMs, performance.now() - startedMs);
}
await Promise.all([...executors.values()].map((executor) => executor.close()));

const rows = WORK.flatMap(({ workload, size }) =>
  names.map((executor) => {
    const of = (pick) =>
      median(rounds.map((seen) => pick(seen[`${workload} ${executor} 1`], seen[`${workload} ${executor} 2`])));
    const speedUps = rounds.map(
      (seen) => seen[`${workload} ${executor} 2`].perSecond / seen[`${workload} ${executor} 1`].perSecond,
    );
    return {
      workload,
      size,
      executor,
      speedUpOfTwo: of((one, two) => two.perSecond / one.perSecond),
      speedUpRange: [Math.min(...speedUps), Math.max(...speedUps)],
      coresBusy: of((_, two) => two.lock?.coresBusy),
      waitingShare: of((_, two) => two.lock?.waitingShare),
      lockHeldShare: of((_, two) => two.lock?.heldShare),
      probeCpuShare: of((_, two) => two.lock?.probe?.cpuShare),
      handOverUs: of((one) => one.handOverUs),
    };
  }),
);
const { build, executable, lockOn } = interpreter;
const machine = {
  cpu: os.cpus()[0]?.model ?? null,
  threads: os.availableParallelism(),
  os: `${os.type()} ${os.release()}`,
  node: process.version,
  loadBefore: busyBefore,
};
const result = { python: { build, executable, lockOn }, machine, rounds: rounds.length, sliceMs: SLICE_MS, rows };

const known = (value, digits = 2) => (value === null ? '–' : value.toFixed(digits));
const percent = (value) => (value === null ? '–' : `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`);
const table = [
  [
    'workload',
    'executor',
    'speed-up of two',
    'least to most',
    'cores busy',
    'waiting for the lock',
    'lock held',
    'the look itself',
    'hand-over µs',
  ],
  ...rows.map((row) => [
    row.workload,
    row.executor,
    known(row.speedUpOfTwo),
    row.speedUpRange.map((value) => known(value)).join(' – '),
    known(row.coresBusy),
    percent(row.waitingShare),
    percent(row.lockHeldShare),
    percent(row.probeCpuShare),
    known(row.handOverUs, 0),
  ]),
];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
console.log(
  `${build}, interpreter lock ${lockOn ? 'on' : 'off'} · ${machine.cpu}, ${machine.threads} threads · ${rounds.length} rounds, medians of ratios within a round`,
);
if (busyBefore > 0.3)
  console.log(
    `Something else kept ${busyBefore.toFixed(1)} cores busy in the minute before: speed-ups of processes are too small.`,
  );
for (const row of table)
  console.log(
    row.map((text, column) => (column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join('   '),
  );
if (options.json !== undefined) writeFileSync(resolve(options.json), `${JSON.stringify(result, null, 2)}\n`);
