// What is left of Coreloom in a worker: start-up to the first result, CPU time of that, memory and hand-over, against a bare
// `Worker`, a bare `fork` and a bare Python that answer one message each. Rounds alternate and each pair is a ratio, so that
// what slows a round falls out; medians of the ratios with a 95 % bootstrap interval.
// Usage: npm run bench:overhead [-- ROUNDS]      (Python where one is found; memory on Linux)
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { runnerImport } from 'vite';

const ROUNDS = Number(process.argv[2] ?? 15);
const TRIPS = 200;
const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createPool, createProcessPool, createThreadPool } = await load('src/engine/pool/index.ts');
const { builtEntries } = await load('src/engine/entries.ts');
const { createPythonExecutor, findInterpreters } = await load('src/engine/python/index.ts');
const { pairedRatioInterval, ratioOfMedians } = await load('src/engine/statistics/bootstrap.ts');
const { median } = await load('src/engine/statistics/summary.ts');
const { workerEnvironment } = await load('src/engine/system/environment.ts');
/** Some variables make every start of Node slower. */
const env = workerEnvironment();
const entries = builtEntries(resolve(root, 'out/main'));
const hostFolder = resolve(root, 'resources/python');
const {
  interpreters: [python],
} = await findInterpreters({ hostFolder, first: true });

const ECHO_THREAD =
  "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (one) => parentPort.postMessage(one));";
const ECHO_FORK = resolve(import.meta.dirname, 'overhead-echo.mjs');
const ECHO_PYTHON = 'import sys\nfor line in sys.stdin:\n    sys.stdout.write(line)\n    sys.stdout.flush()';
const TASK = { workload: 'primes', size: 1, seed: 1 };

/** A started worker: how to ask it once, whose memory it is, and how to end it. */
const bare = {
  async threads() {
    const worker = new Worker(ECHO_THREAD, { eval: true, env });
    return {
      ask: () => asked(worker, () => worker.postMessage(TASK)),
      pids: () => [process.pid],
      end: () => worker.terminate(),
    };
  },
  async processes() {
    const child = fork(ECHO_FORK, { execArgv: [], env });
    return { ask: () => asked(child, () => child.send(TASK)), pids: () => [child.pid], end: () => ended(child) };
  },
  async python() {
    const child = spawn(python.command[0], [...python.command.slice(1), '-u', '-c', ECHO_PYTHON], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    });
    const lines = createInterface(child.stdout);
    return {
      ask: () => asked(lines, () => child.stdin.write(`${JSON.stringify(TASK)}\n`), 'line'),
      pids: () => [child.pid],
      end: () => ended(child),
    };
  },
};
const ours = {
  threads: () => started(createThreadPool({ entries })),
  processes: () => started(createProcessPool({ entries })),
  python: () =>
    started(createPythonExecutor({ name: 'python-threads', hostFolder, interpreter: python, tasks: null, createPool })),
};

async function started(executor) {
  executor.expect?.(TASK.workload);
  executor.resize(1);
  await executor.ready();
  const pids = () => [...new Set(executor.status().workers.map(({ pid }) => pid))];
  return { ask: () => executor.submit(TASK), pids, end: () => executor.close() };
}

async function asked(from, send, event = 'message') {
  const answer = once(from, event);
  send();
  await answer;
}

async function ended(child) {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const proc = (pid, file) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
const resident = (pids) =>
  pids.reduce((sum, pid) => sum + Number(/^Rss:\s+(\d+)/m.exec(proc(pid, 'smaps_rollup'))[1]) * 1024, 0);
/** CPU time of all threads of a process, ms. */
const cpuOf = (pid) =>
  readdirSync(`/proc/${pid}/task`).reduce(
    (sum, tid) => sum + Number(proc(pid, `task/${tid}/schedstat`).split(' ')[0]) / 1e6,
    0,
  );

async function measure(start, kind) {
  const linux = process.platform === 'linux';
  const own = kind === 'threads';
  const before = linux && own ? { bytes: resident([process.pid]), cpu: cpuOf(process.pid) } : { bytes: 0, cpu: 0 };
  const startMs = performance.now();
  const worker = await start();
  await worker.ask();
  const startUpMs = performance.now() - startMs;
  const cpuMs = linux ? worker.pids().reduce((sum, pid) => sum + cpuOf(pid), 0) - before.cpu : null;
  const bytes = linux ? resident(worker.pids()) - before.bytes : null;
  const trips = [];
  for (let at = 0; at < TRIPS; at++) {
    const askedMs = performance.now();
    await worker.ask();
    trips.push((performance.now() - askedMs) * 1e3);
  }
  await worker.end();
  return {
    'start-up, ms': startUpMs,
    'CPU of start-up, ms': cpuMs,
    'memory, MB': bytes === null ? null : bytes / 1e6,
    'hand-over and back, µs': median(trips),
  };
}

const number = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
for (const kind of ['threads', 'processes', ...(python === undefined ? [] : ['python'])]) {
  const values = { bare: [], ours: [] };
  for (let round = 0; round < ROUNDS + 1; round++) {
    const sides = round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare'];
    for (const side of sides) {
      const one = await measure((side === 'bare' ? bare : ours)[kind], kind);
      // The first round loads files that the others find loaded.
      if (round > 0) values[side].push(one);
    }
  }
  console.log(
    `\n${kind === 'python' ? `python-threads against a bare ${python.version}` : `${kind} against a bare ${kind === 'threads' ? 'Worker' : 'fork'}`}, ${ROUNDS} rounds`,
  );
  for (const name of Object.keys(values.bare[0])) {
    const [a, b] = [values.ours, values.bare].map((side) => side.map((one) => one[name]));
    if ([...a, ...b].includes(null)) continue;
    const ratio = b.every((value) => value > 0) ? pairedRatioInterval(a, b, { seed: 1 }) : null;
    const told =
      ratio === null
        ? 'no ratio: nothing was added'
        : `${ratioOfMedians(a, b).toFixed(2)} × [${ratio.low.toFixed(2)}, ${ratio.high.toFixed(2)}]`;
    console.log(
      `${name.padEnd(26)} bare ${number(median(b)).padStart(8)}   Coreloom ${number(median(a)).padStart(8)}   ${told}`,
    );
  }
}
process.exit(0);
