// What looking costs: the sampler's own CPU time as a share of one core, with real workers that wake and work a little.
// Wants a build. Usage: npm run bench:sampler [-- WORKERS [SECONDS]]
import { fork } from 'node:child_process';
import { readlinkSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
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
  return { stop: () => thread.terminate(), watched: { executor: 'threads', worker, pid: process.pid, tid, kind: 'thread' } };
}

async function startProcess(worker) {
  const child = fork(SELF, ['worker'], { execArgv: [] });
  await once(child, 'message');
  return { stop: () => child.kill('SIGKILL'), watched: { executor: 'processes', worker, pid: child.pid, tid: child.pid, kind: 'process' } };
}

const load = async (path) => (await (await import('vite')).runnerImport(join(ROOT, path), { logLevel: 'error' })).module;
const percent = (share) => `${(share * 100).toFixed(2)} % of one core`;

/** The sampler's process as it is, on this machine. */
async function measureProcess(watched, seconds) {
  const { createSampler } = await load('src/engine/metrics/index.ts');
  const sampler = createSampler({ entry: join(ROOT, 'out/main/sampler.js') });
  sampler.watch(watched);
  await sampler.start();
  const samples = [];
  const off = sampler.on((sample) => samples.push(sample));
  await new Promise((done) => setTimeout(done, seconds * 1000));
  off();
  await sampler.stop();
  const elapsedMs = samples.reduce((sum, { intervalMs }) => sum + intervalMs, 0);
  const cpuMs = samples.reduce((sum, { observer }) => sum + observer.cpuMs, 0);
  const late = samples.map(({ observer }) => observer.lateMs).sort((a, b) => a - b);
  const bytes = JSON.stringify(samples.at(-1)).length;
  console.log(`whole process, ${watched.length} workers, ${samples[0].cores.length} cores here: ${percent(cpuMs / elapsedMs)}`);
  console.log(`  ${samples.length} samples in ${(elapsedMs / 1000).toFixed(1)} s, ${bytes} bytes each; late: median ${late[late.length >> 1]} ms, worst ${late.at(-1)} ms`);
}

/** One tick after another over a /proc/stat of many cores: what the tick itself costs there. */
async function measureTick(watched) {
  const [{ createCollector }, { parseProcStat }, { createProcFiles }, { createWorkerUseReader }] = await Promise.all(
    ['collector', 'cpu-times', 'proc-files', 'worker-use'].map((name) => load(`src/engine/metrics/tick/${name}.ts`)),
  );
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-bench-'));
  const stat = join(folder, 'stat');
  const files = createProcFiles();
  const workers = createWorkerUseReader(files);
  workers.watch(watched);
  let count = 0;
  const collect = createCollector({
    firstTick: 0,
    halfMs: 100,
    readCpuTimes: () => parseProcStat(files.read(stat)),
    workers,
    memory: { watch() {}, tick: () => null },
    takeSlow: () => null,
    observerCpuMs: () => 0,
    attributes: true,
  });
  const ticks = 300;
  let cpuUs = 0;
  for (let tick = 0; tick < ticks; tick++) {
    const lines = Array.from({ length: CORES }, (_, core) => `cpu${core} ${(count += 3)} 0 ${tick * 2} ${tick * 5} 1 0 2 0 0 0`);
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
  console.log(`tick alone, ${watched.length} workers, ${CORES} made-up cores: ${ms.toFixed(2)} ms, at 10 Hz ${percent(ms / 100)}`);
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
  const [workers = 128, seconds = 10] = process.argv.slice(2).map(Number);
  const started = [];
  for (let worker = 1; worker <= workers; worker++) started.push(await (worker % 2 ? startThread(worker) : startProcess(worker)));
  const watched = started.map((it) => it.watched);
  await measureProcess([], seconds);
  await measureProcess(watched, seconds);
  await measureTick(watched);
  await Promise.all(started.map((it) => it.stop()));
}
