import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'vite';
const root = resolve(import.meta.dirname, '..');
const source = await createServer({ root, configFile: false, logLevel: 'error', appType: 'custom', optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, watch: null, ws: false } });
const { openEngine, inProcessClient } = await source.ssrLoadModule('/src/engine/index.ts');
const home = await mkdtemp(join(tmpdir(), 'coreloom-st-'));
const engine = openEngine({ folder: join(root, 'out/main'), home, host: 'terminal', versions: { coreloom: 'bench', node: process.versions.node, electron: null }, saveReport: () => Promise.resolve({ state: 'cancelled' }) });
const client = inProcessClient(engine);
const settings = JSON.parse(process.argv[2]);
const t0 = performance.now();
let last = '', called = new Set(), rounds = 0;
const say = (what) => console.log(((performance.now() - t0) / 1000).toFixed(2).padStart(7), what);
let stopped = 0, lastTick = performance.now(); let worst = 0;
setInterval(() => { const now = performance.now(); worst = Math.max(worst, now - lastTick - 5); lastTick = now; }, 5).unref();
const ended = new Promise((done) => client.on((event) => {
  if (event.type === 'experiment-ended') done(event.experiment);
  if (event.type !== 'experiment-changed') return;
  const s = event.experiment;
  if (s.phase !== last) { say(`${s.phase} worst tick ${worst.toFixed(0)} remaining ${Math.round(s.remainingMs ?? -1)} rounds ${s.rounds}`); last = s.phase; worst = 0; }
  if (s.rounds === 1 && rounds === 0) { rounds = 1; say(`first round done; tasks ${s.settings.tasks} size ${s.settings.size} from ${s.settings.defaultSize}`); }
  for (const p of s.pairs ?? []) { const k = `${p.contender}/${p.against}`; if (['faster', 'slower'].includes(p.verdict) && !called.has(k)) { called.add(k); say(`called ${k} ${p.value.toFixed(3)} [${p.low?.toFixed(3)}, ${p.high?.toFixed(3)}] n=${s.rounds}`); } }
}));
await client.call('startExperiment', settings);
const end = await ended;
say(`ended worst tick ${worst.toFixed(0)}`);
const r = await client.call('getReport', { id: end.reportId });
say(`${r.ended} rounds ${r.roundCount} restartedAt ${r.restartedAt}`);
for (const c of r.contenders) console.log(c.contender, c.rounds.round.length, 'hand-over us', Math.round(c.handOverUs), 'task ms', c.running.meanMs.toFixed(2), 'makespan', c.makespanMs.value.toFixed(1));
for (const d of r.differences) console.log(d.contender, d.against, d.rounds, d.ratio.value.toFixed(3), d.ratio.low?.toFixed(3), d.ratio.high?.toFixed(3), d.verdict);
console.log(r.finding, r.warnings);
await engine.close(); await source.close(); process.exit(0);
