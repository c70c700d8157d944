// What is left of the cores for tasks as short as 0.05 ms: the share of the workers' time that `coreloom run` has them in
// tasks (by stamps), the cores that they keep busy, and its tasks a second against those of bare loops over the same inputs
// on as many threads or processes, by turns. The rest is what the pool, the sampler and the report cost.
// Wants a build (npx electron-vite build). Usage: npm run bench:tiny [-- --task-ms 0.05 --workers 2 --rounds 5 --seconds 10 --json FILE]
import { spawn, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const root = resolve(import.meta.dirname, '..');
const WORKLOAD = 'primes';
const SEED = 7;
const KINDS = ['threads', 'processes'];

/** Runs the tasks of the workload one after the other for so long; answers how many a second. */
async function bareLoop({ size, seeds, ms }) {
  const { run } = await import(join(root, 'out/main/tasks.js'));
  const loop = (forMs) => {
    let count = 0;
    const startMs = performance.now();
    while (performance.now() - startMs < forMs) {
      run({ workload: WORKLOAD, size, seed: seeds[count % seeds.length] }, {});
      count += 1;
    }
    return (count / (performance.now() - startMs)) * 1000;
  };
  loop(300);
  return loop(ms);
}

async function bare(kind, workers, work) {
  const file = import.meta.filename;
  const started = Array.from({ length: workers }, () =>
    kind === 'threads' ? new Worker(file) : fork(file, { serialization: 'advanced' }),
  );
  const send = (worker, message) => (kind === 'threads' ? worker.postMessage(message) : worker.send(message));
  const answers = await Promise.all(
    started.map((worker) => {
      send(worker, work);
      return once(worker, 'message').then(([perSecond]) => perSecond);
    }),
  );
  for (const worker of started) await (kind === 'threads' ? worker.terminate() : worker.kill());
  return answers.reduce((sum, perSecond) => sum + perSecond, 0);
}

/** Runs the command as a user does; answers its report. */
async function command(args, folder) {
  const report = join(folder, 'report.json');
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'run', WORKLOAD, ...args, '--report', report], {
    env: { ...process.env, CORELOOM_HOME: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`coreloom run ended with ${code}.`);
  return JSON.parse(await readFile(report, 'utf8'));
}

async function main() {
  const { values } = parseArgs({
    options: {
      'task-ms': { type: 'string', default: '0.05' },
      workers: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '10' },
      json: { type: 'string' },
    },
  });
  const [taskMs, workers, rounds, seconds] = ['task-ms', 'workers', 'rounds', 'seconds'].map((name) =>
    Number(values[name]),
  );
  if (![taskMs, workers, rounds, seconds].every((value) => value > 0))
    throw new Error('Every option must be a number above 0.');
  if (!existsSync(join(root, 'out/main/cli.js')))
    throw new Error('There is no build: run npx electron-vite build first.');
  const { runnerImport } = await import('vite');
  const { DISTINCT_INPUTS, inputSeed } = (
    await runnerImport(join(root, 'src/engine/workload/inputs.ts'), { root, configFile: false, logLevel: 'error' })
  ).module;
  const { summary } = await import('./pools/statistics.mjs');

  const folder = await mkdtemp(join(tmpdir(), 'coreloom-tiny-'));
  const found = { threads: [], processes: [] };
  try {
    const { settings } = await command(
      ['--task-ms', String(taskMs), '--threads', '1', '--duration', '0.5s', '--seed', String(SEED)],
      folder,
    );
    const { size } = settings;
    const work = {
      size,
      seeds: Array.from({ length: DISTINCT_INPUTS }, (_, input) => inputSeed(SEED, input)),
      ms: seconds * 1000,
    };
    console.log(
      `${WORKLOAD}, size ${size} (about ${taskMs} ms), ${workers} workers, ${rounds} rounds of ${seconds} s, Node ${process.version}`,
    );
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
        const measured = {};
        const turns = {
          loops: () => bare(kind, workers, work),
          report: () =>
            command(
              [
                `--${kind}`,
                String(workers),
                '--size',
                String(size),
                '--seed',
                String(SEED),
                '--duration',
                `${seconds}s`,
              ],
              folder,
            ),
        };
        // Either comes first as often as last: the machine may slow down within a round.
        for (const name of round % 4 < 2 ? ['loops', 'report'] : ['report', 'loops'])
          measured[name] = await turns[name]();
        const {
          elapsedMs,
          executors: [{ throughputPerSecond, coresBusy, running }],
        } = measured.report;
        const inTasks = (running.count * running.meanMs) / (workers * elapsedMs);
        found[kind].push({
          barePerSecond: measured.loops,
          perSecond: throughputPerSecond,
          ofBare: throughputPerSecond / measured.loops,
          inTasks,
          coresBusy,
        });
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const result = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      Object.fromEntries(
        ['barePerSecond', 'perSecond', 'ofBare', 'inTasks', 'coresBusy'].map((key) => [
          key,
          summary(found[kind].map((one) => one[key])),
        ]),
      ),
    ]),
  );
  for (const kind of KINDS) {
    const { barePerSecond, perSecond, ofBare, inTasks, coresBusy } = result[kind];
    console.log(
      `${kind}: ${spread(inTasks)} of the workers' time in tasks, ${spread(coresBusy)} cores busy; ${perSecond.median.toFixed(0)} tasks a second against ${barePerSecond.median.toFixed(0)} of bare loops, ${spread(ofBare)}`,
    );
  }
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ taskMs, workers, rounds, seconds, ...result }, null, 2)}\n`);
}

const spread = ({ lower, median, upper }) => `${median.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;

if (!isMainThread) parentPort.once('message', async (work) => parentPort.postMessage(await bareLoop(work)));
else if (process.send) process.once('message', async (work) => process.send(await bareLoop(work)));
else await main();
