// What Python's threads, processes and interpreters gain from a second worker, and what its interpreter lock does
// meanwhile: rounds in shuffled order, medians of ratios within a round. Wants idle cores.
// npm run bench:python [-- PATH OF A PYTHON]
import { setTimeout as wait } from 'node:timers/promises';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const ROUNDS = 7;
const SLICE_MS = 1500;
const WORK = [
  { workload: 'primes', size: 1000 },
  { workload: 'sha256', size: 8_000_000 },
  { workload: 'sleep', size: 10 },
];

const root = resolve(import.meta.dirname, '..');
const load = async (path) => (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createPythonExecutor, findInterpreters, lockBetween } = await load('src/engine/python/index.ts');
const { createPool } = await load('src/engine/pool/index.ts');

const hostFolder = resolve(root, 'resources/python');
const explicit = process.argv[2];
const { interpreters, rejected } = await findInterpreters({ hostFolder, first: true, ...(explicit ? { explicit } : {}) });
const [interpreter] = interpreters;
if (!interpreter) {
  console.log(`No Python to measure. ${rejected.map(({ reason }) => reason).join(' ')}`);
  process.exit(1);
}
console.log(`${interpreter.build}, ${interpreter.executable}, interpreter lock ${interpreter.lockOn ? 'on' : 'off'}`);
const names = ['python-threads', 'python-processes', ...(interpreter.interpreters ? ['python-interpreters'] : [])];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const shuffled = (items) => items.map((item) => ({ item, key: Math.random() })).sort((a, b) => a.key - b.key).map(({ item }) => item);

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
  await wait(400);
  const [before, earlier, startedMs] = [done, executor.status().lock, performance.now()];
  await wait(SLICE_MS);
  const [tasks, later, elapsedMs] = [done - before, executor.status().lock, performance.now() - startedMs];
  on = false;
  await feeding;
  return { rate: (tasks / elapsedMs) * 1e3, lock: lockBetween(earlier, later), handOverUs: median(executor.status().workers.map((worker) => worker.handOverUs ?? 0)) };
}

const executors = new Map(names.map((name) => [name, createPythonExecutor({ name, interpreter, hostFolder, createPool })]));
for (const input of WORK) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = {};
    for (const [name, workers] of shuffled(names.flatMap((one) => [[one, 1], [one, 2]]))) {
      seen[`${name} ${workers}`] = await slice(executors.get(name), input, workers);
      executors.get(name).resize(0);
    }
    rounds.push(seen);
  }
  for (const name of names) {
    const of = (pick) => median(rounds.map((seen) => pick(seen[`${name} 1`], seen[`${name} 2`])));
    const known = (value) => (value === null || value === undefined ? '–' : value.toFixed(2));
    console.log(
      `${input.workload.padEnd(8)} ${name.padEnd(20)} speed-up with two ${of((one, two) => two.rate / one.rate).toFixed(2)}` +
        ` · cores busy ${known(of((_, two) => two.lock?.coresBusy ?? 0))} · waiting for the lock ${known(of((_, two) => two.lock?.waitingShare ?? 0))}` +
        ` · hand-over ${of((_, two) => two.handOverUs).toFixed(0)} µs`,
    );
  }
}
await Promise.all([...executors.values()].map((executor) => executor.close()));
