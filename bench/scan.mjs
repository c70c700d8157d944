// Where threads should win: all tasks read one large array. Each round starts new workers, as a run does, on threads and
// on processes in shuffled order, does the same tasks on both, and takes: the time from the first worker's start to the
// first result of every worker, from that start to the last result, of the same tasks once more by workers that have
// their array by then, and the memory that workers added in all. The smallest array shows what starting costs by itself.
// Usage: node bench/scan.mjs [ROUNDS] [WORKERS] (after a build)
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createThreadPool, createProcessPool } = await load('src/engine/pool/index.ts');
const { builtEntries } = await load('src/engine/entries.ts');
const { scan } = await load('src/engine/workload/scan.ts');
const { createRandom, shuffled } = await load('src/engine/statistics/random.ts');
const { difference } = await load('src/engine/statistics/difference.ts');
const { median } = await load('src/engine/statistics/summary.ts');

const ROUNDS = Number(process.argv[2] ?? 10);
const WORKERS = Number(process.argv[3] ?? Math.max(2, availableParallelism()));
const TASKS_A_WORKER = 8;
const NUMBERS = 2 ** 20;
const SEED = 20_26;
const entries = builtEntries(resolve(root, 'out/main'));
const create = { threads: createThreadPool, processes: createProcessPool };
const random = createRandom(SEED);

/** Resident memory in MiB of this process or of children; proportional, so that shared pages are counted once. */
function residentMiB(pids) {
  try {
    return pids.reduce(
      (sum, pid) =>
        sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? NaN) / 1024,
      0,
    );
  } catch {
    return NaN;
  }
}

/** One round on one executor. */
async function round(name, prepared) {
  const pool = create[name]({ entries });
  const beforeMiB = residentMiB([process.pid]);
  const startMs = performance.now();
  pool.resize(WORKERS);
  await pool.ready();
  const { firsts, sum } = await allTasks(pool, prepared);
  const makespanMs = performance.now() - startMs;
  const warmStartMs = performance.now();
  await allTasks(pool, prepared);
  const warmMs = performance.now() - warmStartMs;
  const pids = [...new Set(pool.status().workers.map(({ pid }) => pid))].filter((pid) => pid !== process.pid);
  const addedMiB = residentMiB([process.pid, ...pids]) - beforeMiB;
  await pool.close();
  return { firstsMs: Math.max(...firsts.values()) - startMs, makespanMs, warmMs, addedMiB, sum };
}

/** Runs the tasks; answers the sum of their checksums and when each worker had its first result. */
async function allTasks(pool, { values }) {
  const firsts = new Map();
  let sum = 0;
  let submitted = 0;
  await pool.feed({
    next: () =>
      submitted < TASKS_A_WORKER * WORKERS
        ? { workload: 'scan', size: NUMBERS, seed: submitted++, prepared: values }
        : undefined,
    settled: (outcome) => {
      if (outcome.state !== 'done') throw new Error(`A task is ${outcome.state}: ${outcome.error?.message}`);
      sum += outcome.value;
      if (!firsts.has(outcome.worker)) firsts.set(outcome.worker, performance.now());
    },
  });
  return { firsts, sum };
}

async function arrayOf(arrayMiB) {
  const prepared = await scan.prepare({ settings: { arrayMiB }, entries, signal: new AbortController().signal });
  const rounds = { threads: [], processes: [] };
  for (let at = -1; at < ROUNDS; at += 1) {
    for (const name of shuffled(['threads', 'processes'], random)) {
      const measured = await round(name, prepared);
      // The first round warms the file's cache and this process.
      if (at >= 0) rounds[name].push(measured);
    }
  }
  await prepared.stop();
  const sums = new Set([...rounds.threads, ...rounds.processes].map(({ sum }) => sum));
  if (sums.size !== 1) throw new Error('Threads and processes did not do the same work.');
  return rounds;
}

console.log(
  `${ROUNDS} rounds, ${WORKERS} workers, ${TASKS_A_WORKER} tasks of ${NUMBERS} numbers (4 MiB) a worker, seed ${SEED}, Node ${process.version}`,
);
console.log('array      figure                        threads    processes   processes ÷ threads (95 % interval)');
for (const arrayMiB of [1, 16, 64, 256]) {
  const rounds = await arrayOf(arrayMiB);
  for (const [figure, title, unit] of [
    ['firstsMs', 'every worker’s first result', 'ms'],
    ['makespanMs', 'all tasks, from the start', 'ms'],
    ['warmMs', 'all tasks, once more', 'ms'],
    ['addedMiB', 'memory added by workers', 'MiB'],
  ]) {
    const [threads, processes] = [rounds.threads.map((one) => one[figure]), rounds.processes.map((one) => one[figure])];
    if ([...threads, ...processes].some((value) => !(value > 0))) {
      console.log(`${`${arrayMiB} MiB`.padEnd(10)} ${title.padEnd(28)} not available here`);
      continue;
    }
    console.log(
      `${`${arrayMiB} MiB`.padEnd(10)} ${title.padEnd(28)} ${cell(threads, unit)} ${cell(processes, unit)}   ${ratio(processes, threads)}`,
    );
  }
}

function cell(values, unit) {
  return `${median(values).toFixed(0)} ${unit}`.padStart(11);
}

function ratio(processes, threads) {
  const found = difference(processes, threads, { seed: SEED });
  const { low, high } = found.interval;
  const verdict = {
    higher: 'threads win',
    lower: 'processes win',
    'no-difference': 'no difference shown',
    'too-few-rounds': 'too few rounds',
  }[found.verdict];
  return `${found.ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`.padEnd(24) + verdict;
}
