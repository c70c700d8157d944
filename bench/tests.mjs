// Prints what CPU time each file of tests uses, itself and in processes that it starts, and how long it takes; Linux only:
// `npm run bench:tests -- project [file…]`, on what is built. CPU time is about the same on a busy machine; wall time is not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const [project = 'real', ...files] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'coreloom-cost-'));
const list = join(folder, 'cost.jsonl');
const { status } = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, ...files],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, CORELOOM_BUILT: '1', CORELOOM_TEST_COST: list } },
);
const costs = readFileSync(list, 'utf8').trimEnd().split('\n').map(JSON.parse);
rmSync(folder, { recursive: true, force: true });

const seconds = (value) => value.toFixed(1).padStart(8);
const cpu = ({ own, started }) => own + started;
console.log('\n   CPU s     own  started    wall  file');
for (const cost of costs.toSorted((a, b) => cpu(b) - cpu(a)))
  console.log(
    `${seconds(cpu(cost))}${seconds(cost.own)}${seconds(cost.started)} ${seconds(cost.wall)}  ${cost.file.replace(`${ROOT}/`, '')}`,
  );
console.log(`${seconds(costs.reduce((sum, cost) => sum + cpu(cost), 0))}  in all`);
process.exitCode = status ?? 1;
