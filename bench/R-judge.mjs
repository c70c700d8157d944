import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { createServer } from 'vite';
const root = resolve(import.meta.dirname, '..');
const source = await createServer({ root, configFile: false, logLevel: 'error', appType: 'custom', optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, watch: null, ws: false } });
const { judgedReport } = await source.ssrLoadModule('/src/engine/kinds/compare/build-report.ts');
const { medianInterval } = await source.ssrLoadModule('/src/engine/statistics/bootstrap.ts');
const report = JSON.parse(readFileSync('/tmp/R2.json', 'utf8'));
const n = 200;
for (const c of report.contenders) { const m = c.makespanMs.value; c.rounds = { round: [...Array(n).keys()], makespanMs: Array.from({ length: n }, () => m * Math.exp(0.1 * (Math.random() - .5))), cpuMs: Array(n).fill(m), offThreadCpuMs: Array(n).fill(null), runQueueMs: Array(n).fill(0), deaths: Array(n).fill(0) }; }
report.roundCount = n;
for (let i = 0; i < 4; i++) { const t = process.cpuUsage(); judgedReport(report); const u = process.cpuUsage(t); console.log('judged cpu ms', (u.user + u.system) / 1000); }
for (let i = 0; i < 3; i++) { const t = process.cpuUsage(); for (const c of report.contenders) medianInterval(c.rounds.makespanMs, { seed: 1 }); const u = process.cpuUsage(t); console.log('medians cpu ms', (u.user + u.system) / 1000); }
await source.close(); process.exit(0);
