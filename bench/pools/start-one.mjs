// Run by start.mjs: starts one contender with one worker, then with three, and prints what that took. Memory is read on Linux only.
import { readFileSync, readdirSync } from 'node:fs';
import { CONTENDERS } from './contenders.mjs';
import { loadPools } from './build.mjs';

const [kind, name, folder] = process.argv.slice(2);
const { start } = CONTENDERS.find((contender) => contender.kind === kind && contender.name === name);
const context = await loadPools(folder);
const task = { kind: 'echo', value: 1 };

const startMs = performance.now();
const one = await start({ ...context, workers: 1 });
await one.run(task);
const startupMs = performance.now() - startMs;

const memory = (pid, key) =>
  Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) * 1024;
const children = () =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
/** The memory of worker processes (the pool's guard is not a worker), or of this process where workers are threads. */
const used = (key) => {
  if (kind === 'threads') return memory('self', key);
  const workers = children().filter((pid) => !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guard.js'));
  return workers.reduce((sum, pid) => sum + memory(pid, key), 0);
};
const measurable = process.platform === 'linux' && readdirSync('/proc/self').includes('smaps_rollup');
const before = measurable ? ['Rss', 'Pss'].map(used) : [];
const two = await start({ ...context, workers: 2 });
await Promise.all(Array.from({ length: 4 }, () => two.run(task)));
const perWorker = (key, at) => (measurable ? Math.round((used(key) - before[at]) / 2) : null);
process.stdout.write(
  JSON.stringify({ startupMs, residentBytes: perWorker('Rss', 0), proportionalBytes: perWorker('Pss', 1) }),
);
await Promise.all([one.close(), two.close()]);
process.exit(0);
