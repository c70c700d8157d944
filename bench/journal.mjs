// What the journal costs: the same live run with it and without, in turn, in one process. Without it is where the data
// folder cannot be written to: the journal gives up at once. Ratios within a pair are what counts on a machine that is used.
// Wants a build (npx electron-vite build). Usage: npm run bench:journal [-- --pairs N] [--seconds S]
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '7' }, seconds: { type: 'string', default: '10' } },
});
const PAIRS = Number(values.pairs);
const DURATION_MS = Number(values.seconds) * 1000;

if (!existsSync(join(root, 'out/main/index.js')))
  throw new Error('There is no build: run npx electron-vite build first.');
const { openEngine, inProcessClient } = (
  await runnerImport(join(root, 'src/engine/index.ts'), { root, configFile: false, logLevel: 'error' })
).module;

/** Tiny tasks, which the engine hands out all the time, and tasks as long as most. */
const CASES = [
  { name: 'primes of 20 µs', settings: { workload: 'primes', size: 64 } },
  { name: 'primes of 1 ms', settings: { workload: 'primes', size: 1024 } },
].flatMap(({ name, settings }) =>
  ['threads', 'processes'].map((executor) => ({
    name: `${name}, 2 ${executor}`,
    settings: { ...settings, workers: { [executor]: 2 } },
  })),
);

const folder = await mkdtemp(join(tmpdir(), 'coreloom-journal-'));
await writeFile(join(folder, 'file'), '');
const open = (home) =>
  openEngine({
    folder: join(root, 'out/main'),
    home,
    host: 'desktop',
    versions: { coreloom: 'bench', node: process.versions.node, electron: null },
    saveReport: () => Promise.resolve({ state: 'cancelled' }),
  });
const engines = { with: await open(join(folder, 'home')), without: await open(join(folder, 'file', 'home')) };

/** One run; answers its figures, and how often and how much was kept of it. */
async function run(engine, settings) {
  const client = inProcessClient(engine);
  const ended = new Promise((done) => {
    const off = client.on((event) => {
      if (event.type !== 'experiment-ended') return;
      off();
      done(event.experiment);
    });
  });
  await client.call('startExperiment', { kind: 'live', ...settings, durationMs: DURATION_MS });
  const seen = watchDrafts();
  const { reportId } = await ended;
  const drafts = await seen();
  const { totals, observer, elapsedMs } = await client.call('getReport', { id: reportId });
  return {
    ...drafts,
    throughput: totals.throughputPerSecond,
    coresBusy: totals.coresBusy,
    engineShare: observer.engineCpuMs === null ? null : observer.engineCpuMs / elapsedMs,
  };
}

function watchDrafts() {
  const reports = join(folder, 'home', 'reports');
  const stamps = new Set();
  let bytes = 0;
  const timer = setInterval(async () => {
    for (const name of (await readdir(reports).catch(() => [])).filter((one) => one.endsWith('.draft'))) {
      const stats = await stat(join(reports, name)).catch(() => null);
      if (stats === null) continue;
      stamps.add(stats.mtimeMs);
      bytes = Math.max(bytes, stats.size);
    }
  }, 200);
  return () => {
    clearInterval(timer);
    return { drafts: stamps.size, bytes };
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values, write) =>
  `${write(median(values))} [${write(Math.min(...values))}, ${write(Math.max(...values))}]`;
const known = (values) => values.filter((value) => value !== null && Number.isFinite(value));

console.log(`${PAIRS} pairs of runs of ${values.seconds} s each; median [least, most] of the pairs`);
console.log(
  '| run | throughput, with ÷ without | cores busy, with ÷ without | engine, with − without, of one core | kept | largest |',
);
console.log('|---|---|---|---|---|---|');
try {
  for (const { name, settings } of CASES) {
    const pairs = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const order = pair % 2 === 0 ? ['with', 'without'] : ['without', 'with'];
      const figures = {};
      for (const which of order) figures[which] = await run(engines[which], settings);
      pairs.push(figures);
    }
    const ratio = (key) =>
      range(known(pairs.map((pair) => pair.with[key] / pair.without[key])), (value) => value.toFixed(3));
    const share = known(
      pairs.map((pair) =>
        pair.with.engineShare === null || pair.without.engineShare === null
          ? null
          : pair.with.engineShare - pair.without.engineShare,
      ),
    );
    const cost = share.length === 0 ? 'not available' : range(share, (value) => `${(value * 100).toFixed(1)} %`);
    console.log(
      `| ${name} | ${ratio('throughput')} | ${ratio('coresBusy')} | ${cost} | ${range(
        pairs.map((pair) => pair.with.drafts),
        String,
      )} times | ${(Math.max(...pairs.map((pair) => pair.with.bytes)) / 1024).toFixed(0)} KiB |`,
    );
  }
} finally {
  for (const engine of Object.values(engines)) await engine.close();
  await rm(folder, { recursive: true, force: true });
}
