// What looking costs: the sampler's own CPU time as a share of one core, with real workers that wake and work a little.
// Wants a build. Usage: npm run bench:sampler [-- WORKERS [SECONDS]]
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { constants, setPriority, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const SELF = fileURLToPath(import.meta.url);
const ROOT = resolve(import.meta.dirname, '..');
const CORES = 64;

/** A worker: 0.2 ms of work every 80 ms, so that each has something to be read at each tick and the machine stays free. */
function work() {
  setInterval(() => {
    const end = performance.now() + 0.2;
    while (performance.now() < end);
  }, 80);
}

async function startThread(worker) {
  const thread = new Worker(SELF);
  const [tid] = await once(thread, 'message');
  return {
    stop: () => thread.terminate(),
    watched: { executor: 'threads', worker, pid: process.pid, tid, kind: 'thread' },
  };
}

async function startProcess(worker) {
  const child = fork(SELF, ['worker'], { execArgv: [] });
  await once(child, 'message');
  return {
    stop: () => child.kill('SIGKILL'),
    watched: { executor: 'processes', worker, pid: child.pid, tid: child.pid, kind: 'process' },
  };
}

const load = async (path) =>
  (await (await import('vite')).runnerImport(join(ROOT, path), { logLevel: 'error' })).module;
const percent = (share) => `${(share * 100).toFixed(2)} % of one core`;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
/** Reading what never changes and compiling are the price of its start, and told apart. */
const WARM_UP_MS = 3000;

/** Starts the sampler's process as built; `run` gives back its samples of so many seconds from now on. */
async function startSampler({ watched, hz, execArgv = [] }) {
  const child = fork(join(ROOT, 'out/main/sampler.js'), [], { execArgv });
  try {
    setPriority(child.pid, constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch {
    // Not allowed here: late samples say so.
  }
  let samples = [];
  child.on('message', (message) => message.type === 'sample' && samples.push(message.sample));
  child.send({ type: 'watch', workers: watched });
  child.send({ type: 'start', hz, tick: 0 });
  while (samples.length === 0) await once(child, 'message');
  return {
    async run(ms) {
      samples = [];
      await wait(ms);
      return samples;
    },
    async end() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

const share = (samples) =>
  samples.reduce((sum, { observer }) => sum + observer.cpuMs, 0) /
  samples.reduce((sum, { intervalMs }) => sum + intervalMs, 0);

/** The sampler's process as it is, on this machine: full and idle rate in turn, each of them three times. */
async function measureProcess(watched, seconds) {
  const rates = [10, 2].map((hz) => ({ hz, starts: [], shares: [], samples: [] }));
  for (let turn = 0; turn < 3; turn++) {
    for (const rate of rates) {
      const sampler = await startSampler({ watched, hz: rate.hz });
      rate.starts.push((await sampler.run(WARM_UP_MS)).reduce((sum, { observer }) => sum + observer.cpuMs, 0));
      const samples = await sampler.run((seconds * 1000) / 3);
      rate.shares.push(share(samples));
      rate.samples.push(...samples);
      await sampler.end();
    }
  }
  for (const { hz, starts, shares, samples } of rates) {
    const late = samples.map(({ observer }) => observer.lateMs).sort((a, b) => a - b);
    const bytes = JSON.stringify(samples.at(-1)).length;
    console.log(
      `whole process, ${watched.length} workers, ${samples[0].cores.length} cores here, ${hz} Hz: ${percent(median(shares))} (${shares.map((one) => (one * 100).toFixed(2)).join(', ')})`,
    );
    console.log(
      `  first ${WARM_UP_MS / 1000} s: ${median(starts).toFixed(0)} ms of CPU time; ${bytes} bytes a sample; late: median ${late[late.length >> 1].toFixed(1)} ms, worst ${late.at(-1).toFixed(1)} ms`,
    );
  }
}

/** Parts by the nearest function that their time is spent beneath. */
const PARTS = new Map([
  ['grownMs', 'CPU time off the threads of tasks'],
  ['readOne', 'memory of processes'],
  ['core', 'which core a worker was on'],
  ['times', 'CPU time of workers'],
  ['observe', 'its own CPU time'],
  ['target.send', 'telling the engine'],
]);

function partsOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const found = new Map();
  let atUs = 0;
  samples.forEach((id, index) => {
    atUs += timeDeltas[index];
    if (atUs < WARM_UP_MS * 1000 || byId.get(id).callFrame.functionName === '(idle)') return;
    let node = id;
    while (node !== undefined && !PARTS.has(byId.get(node).callFrame.functionName)) node = parent.get(node);
    const part =
      node === undefined ? 'cores: counters, smoothing, attribution' : PARTS.get(byId.get(node).callFrame.functionName);
    found.set(part, (found.get(part) ?? 0) + timeDeltas[index]);
  });
  return found;
}

/** Of what it does once it is warm, how much each part is, by V8's profiler: shares, as a busy machine makes all of it slower. */
async function measureParts(watched, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-bench-'));
  const sampler = await startSampler({
    watched,
    hz: 10,
    execArgv: ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${folder}`],
  });
  await sampler.run(WARM_UP_MS + seconds * 1000);
  await sampler.end();
  const total = new Map();
  for (const name of readdirSync(folder)) {
    const parts = partsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    // The second thread's file ends with its number, 1.
    const slow = /\.1\.\d+\.cpuprofile$/.test(name);
    for (const [part, us] of parts) {
      const key = slow ? 'systeminformation, frequency, temperature' : part;
      total.set(key, (total.get(key) ?? 0) + us);
    }
  }
  rmSync(folder, { recursive: true });
  const sum = [...total.values()].reduce((all, us) => all + us, 0);
  for (const [part, us] of [...total].sort((a, b) => b[1] - a[1]))
    console.log(`  ${((us / sum) * 100).toFixed(0).padStart(3)} % ${part}`);
}

/** One tick after another over a /proc/stat of many cores: what the tick itself costs there. */
async function measureTick(watched) {
  const [
    { createCollector },
    { parseProcStat },
    { createProcFiles },
    { createWorkerUseReader },
    { createOffThreadReader },
  ] = await Promise.all(
    ['collector', 'cpu-times', 'proc-files', 'worker-use', 'off-thread'].map((name) =>
      load(`src/engine/metrics/tick/${name}.ts`),
    ),
  );
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-bench-'));
  const stat = join(folder, 'stat');
  const files = createProcFiles();
  const workers = createWorkerUseReader(files);
  workers.watch(watched);
  const offThread = createOffThreadReader({ files, threads: workers, engine: process.pid });
  offThread.watch(watched);
  let count = 0;
  const collect = createCollector({
    firstTick: 0,
    halfMs: 100,
    readCpuTimes: () => parseProcStat(files.read(stat)),
    workers,
    offThread,
    memory: { watch() {}, tick: () => null },
    takeSlow: () => null,
    observerCpuMs: () => 0,
    attributes: true,
  });
  const ticks = 300;
  let cpuUs = 0;
  for (let tick = 0; tick < ticks; tick++) {
    const lines = Array.from(
      { length: CORES },
      (_, core) => `cpu${core} ${(count += 3)} 0 ${tick * 2} ${tick * 5} 1 0 2 0 0 0`,
    );
    writeFileSync(stat, `cpu 0 0 0 0\n${lines.join('\n')}\nintr ${'0 '.repeat(2000)}\n`);
    // The workers need the time to work in between, or there would be nothing new to read.
    await new Promise((done) => setTimeout(done, 10));
    const before = process.cpuUsage();
    const started = performance.now();
    JSON.stringify(collect(tick * 100, 0));
    const used = process.cpuUsage(before);
    cpuUs += Math.min((performance.now() - started) * 1000, used.user + used.system);
  }
  files.close();
  rmSync(folder, { recursive: true });
  const ms = cpuUs / 1000 / ticks;
  console.log(
    `tick alone, ${watched.length} workers, ${CORES} made-up cores: ${ms.toFixed(2)} ms, at 10 Hz ${percent(ms / 100)}`,
  );
}

if (!isMainThread) {
  work();
  parentPort.postMessage(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
} else if (process.argv[2] === 'worker') {
  process.on('disconnect', () => process.exit(0));
  work();
  process.send('ready');
} else if (process.platform !== 'linux') {
  console.log('Workers are followed on Linux only: there is nothing to measure here.');
} else {
  const [workers = 128, seconds = 12] = process.argv.slice(2).map(Number);
  const started = [];
  for (let worker = 1; worker <= workers; worker++)
    started.push(await (worker % 2 ? startThread(worker) : startProcess(worker)));
  const watched = started.map((it) => it.watched);
  for (const some of [[], watched]) {
    await measureProcess(some, seconds);
    await measureParts(some, seconds);
  }
  await measureTick(watched);
  await Promise.all(started.map((it) => it.stop()));
}
