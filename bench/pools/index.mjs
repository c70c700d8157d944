// Both pools against the pools people use, in one run.
// Usage: npm run bench:pools [-- --json FILE] [--markdown FILE] [--seconds N] [--only threads|processes] [--shapes a,b]
// With --against FOLDER, another checkout of this repository with its node_modules, its pools take the peers' place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { beforeAfter, CONTENDERS } from './contenders.mjs';
import { buildPools } from './build.mjs';
import { checkedResults, PHASES, SHAPES, warmUp } from './shapes.mjs';
import { measureStamps, measureStarts, measureStreams } from './start.mjs';
import { compare } from './statistics.mjs';
import { table, writeTable } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    markdown: { type: 'string' },
    seconds: { type: 'string', default: '50' },
    only: { type: 'string' },
    against: { type: 'string' },
    shapes: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const workers = Number(options.workers);
const folder = mkdtempSync(join(os.tmpdir(), 'coreloom-bench-'));
const { against } = options;
const before = against === undefined ? null : await buildPools(join(folder, 'before'), resolve(against));
const contenders = (before === null ? CONTENDERS : beforeAfter(before)).filter(
  ({ kind, group }) => group !== 'unstamped' && (options.only === undefined || kind === options.only),
);
const shapes = SHAPES.filter(({ key }) => options.shapes === undefined || options.shapes.split(',').includes(key));
const takesPart = ({ kind, group }, { only, also }) =>
  (only === undefined || kind === only) && (group === 'ours' || group === 'peer' || group === also);
/** Now and then the threads of a peer do not end, and then it never says that it is closed. */
const CLOSE_LIMIT_MS = 5000;
// Each worker of most contenders pipes its output into this program's: so many listeners are no leak.
for (const stream of [process.stdout, process.stderr])
  stream.setMaxListeners(stream.getMaxListeners() + contenders.length * workers);

try {
  const context = { ...(await buildPools(folder)), workers };
  const running = [];
  for (const contender of contenders) {
    const pool = await contender.start(context);
    running.push({ ...contender, pool });
    if (contender.group !== 'raw') await warmUp(pool);
  }
  const values = new Map();
  const add = (contender, shape, value) => {
    const key = `${contender.kind}/${contender.name}/${shape.key}`;
    values.set(key, [...(values.get(key) ?? []), value]);
  };
  /** Rounds of these shapes until the time is over; answers how many. */
  const measure = async (some, collect, seconds) => {
    const endMs = performance.now() + seconds * 1e3;
    let rounds = 0;
    for (; rounds < 1 || (rounds < 24 && performance.now() < endMs); rounds += 1) {
      if (process.stderr.isTTY) process.stderr.write(`round ${rounds + 1}\r`);
      for (const shape of some) {
        // Rotated and reversed: nobody always comes after the same neighbour.
        const order = running.map((_, at) => running[(at + rounds) % running.length]);
        if (rounds % 2 === 1) order.reverse();
        for (const contender of order) {
          if (!takesPart(contender, shape)) continue;
          globalThis.gc?.({ type: collect });
          add(contender, shape, await shape.measure(contender.kind)(contender.pool, { workers }));
        }
      }
    }
    return rounds;
  };
  const phases = PHASES.map((phase) => ({
    ...phase,
    shapes: shapes.filter((shape) => shape.phase === phase.key),
  })).filter((phase) => phase.shapes.length > 0);
  const whole = phases.reduce((sum, { share }) => sum + share, 0);
  const rounds = {};
  for (const { key, share, collect, shapes: some } of phases)
    rounds[key] = await measure(some, collect, (Number(options.seconds) * share) / whole);
  for (const { pool, name, kind, group } of running) {
    const closed = await Promise.race([pool.close().then(() => true), delay(CLOSE_LIMIT_MS, false)]);
    if (!closed && group === 'ours') throw new Error(`The pool of ${kind} did not close.`);
    if (!closed)
      console.error(
        `${name} (${kind}) did not end within ${CLOSE_LIMIT_MS / 1e3} s and was left; its workers end with this program.`,
      );
  }
  const kinds = options.shapes === undefined ? new Set(contenders.map(({ kind }) => kind)) : null;
  const starts = kinds === null ? null : await measureStarts(kinds, folder);
  const streams = kinds === null ? null : await measureStreams(kinds, folder);
  const stamps = kinds === null ? null : await measureStamps(kinds, folder);
  const result = compare({ contenders, shapes, values, starts, streams, stamps, rounds });
  result.checked = checkedResults();
  result.machine = {
    cpu: os.cpus()[0]?.model,
    threads: os.availableParallelism(),
    node: process.version,
    os: `${os.type()} ${os.release()}`,
    date: new Date().toISOString().slice(0, 10),
    workers,
  };
  console.log(table(result));
  if (options.markdown !== undefined) writeTable(resolve(options.markdown), table(result));
  if (options.json !== undefined) writeFileSync(resolve(options.json), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
