// Run by start.mjs: our workers and the same without a clock read for each task, by turns; prints what stamps cost.
import { CONTENDERS } from './contenders.mjs';
import { loadPools } from './build.mjs';
import { SHAPES, warmUp } from './shapes.mjs';
import { summary } from './statistics.mjs';

const [kind, folder] = process.argv.slice(2);
const TURNS = 16;
const context = { ...(await loadPools(folder)), workers: 2 };
const inFlight = SHAPES.find(({ key }) => key === 'inFlight64').measure(kind);
const pools = [];
for (const group of ['ours', 'unstamped']) {
  const pool = await CONTENDERS.find((contender) => contender.kind === kind && contender.group === group).start(
    context,
  );
  await warmUp(pool);
  pools.push(pool);
}
const costs = [];
for (let turn = 0; turn < TURNS; turn += 1) {
  // Either comes first as often as last.
  const order = turn % 2 === 0 ? [0, 1] : [1, 0];
  const perSecond = [];
  for (const at of order) perSecond[at] = await inFlight(pools[at]);
  // The first two turns compile.
  if (turn >= 2) costs.push(1 - perSecond[0] / perSecond[1]);
}
process.stdout.write(JSON.stringify(summary(costs)));
for (const pool of pools) await pool.close();
