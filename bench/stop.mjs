// How long stopping takes: every kind of experiment is stopped in every phase, from asking until its report is saved.
// Wants a build (npx electron-vite build). Usage: npm run bench:stop [-- --limit MS]; ends with 1 where one took longer.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { limit: { type: 'string', default: '250' } } });
const LIMIT_MS = Number(values.limit);
/** A phase that does not come in this time is passed over. */
const PATIENCE_MS = 60_000;
/** So long into a phase it is stopped: at once, and when all is at work. */
const INTO_MS = [0, 150];

if (!existsSync(join(root, 'out/main/index.js')))
  throw new Error('There is no build: run npx electron-vite build first.');
// It stays open: workloads with something to prepare load what makes it when they are run.
const source = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false },
});
const { openEngine, inProcessClient } = await source.ssrLoadModule('/src/engine/index.ts');

const PHASES = {
  compare: ['calibrating', 'warming-up', 'measuring', 'restarting', 'lives'],
  scale: ['calibrating', 'warming-up', 'measuring'],
};
const CASES = [
  ...['primes', 'http'].flatMap((workload) =>
    PHASES.compare.map((phase) => ({
      name: `compare ${workload}`,
      phase,
      // Workers are started again in the middle of the rounds, and cold runs come after them.
      settings: { kind: 'compare', workload, rounds: { restarting: 16, lives: 1 }[phase] ?? 10_000 },
    })),
  ),
  ...PHASES.scale.map((phase) => ({
    name: 'scale sha256',
    phase,
    settings: { kind: 'scale', workload: 'sha256', rounds: 1000 },
  })),
  ...['ipc', 'race', 'memory', 'startup'].map((lab) => ({
    name: `lab ${lab}`,
    phase: null,
    settings: { kind: 'lab', lab },
  })),
  { name: 'scorecard', phase: null, settings: { kind: 'scorecard', quick: true } },
];

const home = await mkdtemp(join(tmpdir(), 'coreloom-stop-'));
const engine = await openEngine({
  folder: join(root, 'out/main'),
  home,
  host: 'terminal',
  versions: { coreloom: 'bench', node: process.versions.node, electron: null },
  saveReport: () => Promise.resolve({ state: 'cancelled' }),
});
const client = inProcessClient(engine);

/** Starts one, waits until it is in its phase, stops it; answers how long that took, or null where the phase did not come. */
async function stopIn({ settings, phase }, intoMs) {
  let off = () => {};
  let timer;
  const reached = new Promise((done) => {
    timer = setTimeout(done, PATIENCE_MS, false);
    off = client.on((event) => {
      if (event.type === 'experiment-changed' && (phase === null || event.experiment.phase === phase)) done(true);
    });
  });
  await client.call('startExperiment', settings);
  const came = await reached;
  clearTimeout(timer);
  off();
  await new Promise((done) => setTimeout(done, phase === null ? intoMs * 10 + 500 : intoMs));
  const startMs = performance.now();
  const state = await client.call('stopExperiment', null);
  const tookMs = performance.now() - startMs;
  const { outcome } = await client.call('getReport', { id: state.reportId });
  if (outcome !== 'cancelled') throw new Error(`${settings.kind} was stopped and its report says ${outcome}.`);
  return came ? tookMs : null;
}

let worst = 0;
console.log(`| experiment | phase | stopped ${INTO_MS.join(' ms and ')} ms into it: took ms |`);
console.log('|---|---|---|');
try {
  for (const one of CASES) {
    const took = [];
    for (const intoMs of INTO_MS) took.push(await stopIn(one, intoMs));
    worst = Math.max(worst, ...took.map((ms) => ms ?? 0));
    console.log(
      `| ${one.name} | ${one.phase ?? 'under way'} | ${took.map((ms) => (ms === null ? 'not reached' : ms.toFixed(0))).join(' · ')} |`,
    );
  }
} finally {
  await engine.close();
  await source.close();
  await rm(home, { recursive: true, force: true });
}
console.log(`the longest took ${worst.toFixed(0)} ms; the limit is ${LIMIT_MS} ms`);
if (worst > LIMIT_MS) process.exitCode = 1;
