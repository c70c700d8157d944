// Run by start.mjs: streams very many tasks through one of our pools, and prints how fast and with how much memory.
import { join } from 'node:path';
import { loadPools } from './build.mjs';

const [kind, count, folder] = process.argv.slice(2);
const tasks = Number(count);
const { pools, entries } = await loadPools(folder);
const create = kind === 'threads' ? pools.createThreadPool : pools.createProcessPool;
const pool = create({ entries: { ...entries, tasks: join(import.meta.dirname, 'tasks.mjs') } });
pool.resize(2);
await pool.ready();

let given = 0;
let settled = 0;
let sum = 0;
let earlyBytes = 0;
const startMs = performance.now();
await pool.feed({
  next: () => (given < tasks ? { kind: 'echo', value: given++ } : undefined),
  settled: (outcome) => {
    if (outcome.state !== 'done' || outcome.value !== outcome.argument.value)
      throw new Error(`A task came back as ${JSON.stringify(outcome)}.`);
    sum += outcome.value;
    settled += 1;
    if (settled === Math.floor(tasks / 10)) earlyBytes = process.memoryUsage.rss();
  },
});
const tookMs = performance.now() - startMs;
// Each number once, and none twice.
if (settled !== tasks || sum !== (tasks * (tasks - 1)) / 2) throw new Error(`${settled} of ${tasks} tasks came back.`);
const residentBytes = process.memoryUsage.rss();
process.stdout.write(
  JSON.stringify({
    tasks,
    tasksPerSecond: (tasks / tookMs) * 1e3,
    residentBytes,
    growthBytes: residentBytes - earlyBytes,
  }),
);
await pool.close();
