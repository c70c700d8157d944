/**
 * Random starts, drags, kills, suspensions, exports and reloads through `coreloom serve`, and what is left of them:
 * `npm run soak [-- --minutes 60] [--seed N]`. Prints memory, handles, processes, files and tasks at the end beside the
 * start (Linux). Ends with 1 if a task is unaccounted for, an answer is wrong, or something grew that must not.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from './soak/client.mjs';
import { HANDS } from './soak/hands.mjs';
import { handles, measure } from './soak/measure.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    verbose: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('--minutes must be a number above 0, --seed a whole number.');
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('The soak reads /proc: it needs Linux.');
  process.exit(2);
}

const folders = ['data', 'temporary', 'runtime'].map((name) => mkdtempSync(join(tmpdir(), `coreloom-soak-${name}-`)));
const [data, temporary, runtime] = folders;
const command = resolve(import.meta.dirname, '../out/main/cli.js');
const server = spawn(process.execPath, [command, 'serve', '--port', '0'], {
  env: { ...process.env, CORELOOM_HOME: data, TMPDIR: temporary, XDG_RUNTIME_DIR: runtime },
  stdio: ['ignore', 'pipe', 'pipe'],
});
const exited = new Promise((done) => server.once('exit', (code, signal) => done({ code, signal })));
const address = await said(/at (http:\/\/\S+)/);

const counts = new Map();
const faults = [];
const tasks = { in: 0, done: 0, failed: 0, cancelled: 0, runs: 0 };
const checked = new Set();
const checks = new Set();
const world = {
  pid: server.pid,
  random: randomFrom(seed),
  executors: [],
  client: () => client,
  connect: attach,
  count,
  fault,
};
let client;
await attach();
world.executors = (await client.call('getState')).executors.available.filter((name) => name !== 'sequential');

const endMs = Date.now() + minutes * 60_000;
await acts(Math.min(endMs, Date.now() + minutes * 6_000));
const start = await settled();
await acts(endMs);
const end = await settled();
await Promise.all(checks);
client.leave();
server.kill('SIGINT');
const { code, signal } = await exited;
if (code !== 0) fault(`The server ended with ${String(code ?? signal)} instead of 0.`);
report();
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
process.exitCode = faults.length === 0 ? 0 : 1;

/** Draws and does one thing after another until a time. */
async function acts(untilMs) {
  while (Date.now() < untilMs) {
    const hand = drawn(HANDS);
    if (values.verbose) console.log(`${new Date().toISOString()} ${hand.name}`);
    count(hand.name, 1);
    try {
      await within(60_000, hand.act(world), hand.name);
    } catch (error) {
      if (server.exitCode !== null || server.signalCode !== null) {
        fault(`The server ended during ${hand.name}.`);
        return;
      }
      fault(`${hand.name}: ${error.message}`);
    }
    await pause(world.random.below(300));
  }
}

/** Ends what is on and waits until the server is at rest; answers what it holds then. */
async function settled() {
  await client.call('stopExperiment', { interrupted: false }).catch(() => {});
  let last = measure(server.pid, folders);
  for (let looks = 0; looks < 60; looks += 1) {
    await pause(500);
    const now = measure(server.pid, folders);
    if (now.processes === last.processes && now.handles === last.handles && now.files === last.files && looks > 6)
      return { ...now, open: handles(server.pid) };
    last = now;
  }
  return { ...last, open: handles(server.pid) };
}

async function attach() {
  client = await connect(address);
  client.on((event) => {
    if (event.type !== 'experiment-ended' || event.experiment.kind !== 'live') return;
    const check = account(event.experiment.reportId).finally(() => checks.delete(check));
    checks.add(check);
  });
}

/** Holds that every task of a run is accounted for, each once. */
async function account(id) {
  if (checked.has(id)) return;
  checked.add(id);
  const one = await client.call('getReport', { id }).catch(() => null);
  if (one?.kind !== 'live') return;
  const { done, failed, cancelled } = one.totals.counts;
  const wanted = one.settings.tasks;
  tasks.runs += 1;
  tasks.done += done;
  tasks.failed += failed;
  tasks.cancelled += cancelled;
  const sums = one.executors.reduce((sum, { counts: own }) => sum + own.done + own.failed + own.cancelled, 0);
  tasks.in += sums;
  if (sums !== done + failed + cancelled)
    fault(`${id}: the executors have ${sums} tasks, the run ${done + failed + cancelled}.`);
  if (['completed', 'tasks-failed'].includes(one.outcome) && wanted !== null && done + failed + cancelled !== wanted)
    fault(`${id}: ${done + failed + cancelled} of ${wanted} tasks are accounted for.`);
  // Each executor counts its own.
  if (new Set(one.tasks.id.map((task, i) => `${one.tasks.executor[i]} ${task}`)).size !== one.tasks.id.length)
    fault(`${id}: a task is in the table twice.`);
}

function report() {
  console.log(`\nSeed ${seed}, ${minutes} min, ${[...counts].map(([name, times]) => `${times} ${name}`).join(', ')}.`);
  console.log(
    `${tasks.runs} runs were looked at: ${tasks.in} tasks in = ${tasks.done} done + ${tasks.failed} failed + ${tasks.cancelled} cancelled.\n`,
  );
  console.log('                start       end');
  for (const name of ['residentMib', 'handles', 'threads', 'processes', 'zombies', 'files'])
    console.log(`${name.padEnd(12)}${String(start[name]).padStart(9)}${String(end[name]).padStart(10)}`);
  if (end.residentMib > 1.5 * start.residentMib + 100)
    fault(`Memory grew from ${start.residentMib} to ${end.residentMib} MiB.`);
  for (const name of ['handles', 'threads', 'processes', 'files'])
    if (end[name] > start[name] + 3) fault(`${name} grew from ${start[name]} to ${end[name]}.`);
  if (end.handles > start.handles + 3) console.log(`New handles: ${more(start.open, end.open)}`);
  if (end.zombies > 0) fault(`${end.zombies} zombies were left.`);
  console.log(faults.length === 0 ? '\nNothing was wrong.' : `\n${faults.length} faults:`);
  for (const text of new Set(faults)) console.log(`  ${text}`);
}

/** The kinds of handles of which there are more than before. */
function more(before, after) {
  const ofKind = (list, kind) => list.filter((one) => one === kind).length;
  return [...new Set(after)]
    .flatMap((kind) =>
      ofKind(after, kind) > ofKind(before, kind) ? [`${ofKind(after, kind) - ofKind(before, kind)} × ${kind}`] : [],
    )
    .join(', ');
}

function count(name, by) {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function fault(text) {
  faults.push(text);
  console.log(`! ${text}`);
}

function drawn(hands) {
  let left = world.random.below(hands.reduce((sum, { weight }) => sum + weight, 0));
  return hands.find(({ weight }) => (left -= weight) < 0);
}

/** Whole numbers at random, the same for the same seed (mulberry32). */
function randomFrom(start) {
  let state = start >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { below, of: (list) => list[below(list.length)] };
}

async function within(ms, promise, what) {
  const timer = new AbortController();
  const late = pause(ms, null, { signal: timer.signal }).then(() => {
    throw new Error(`${what} was not answered within ${ms / 1e3} s.`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

/** What the server prints, as soon as it fits. */
function said(pattern) {
  let text = '';
  return new Promise((done, failed) => {
    server.stdout.setEncoding('utf8').on('data', (chunk) => {
      text = (text + chunk).slice(-10_000);
      const found = pattern.exec(text);
      if (found !== null) done(found[1]);
    });
    server.stderr.on('data', (chunk) => {
      if (values.verbose) console.log(`server: ${chunk}`);
    });
    server.once('exit', () => failed(new Error(`The server ended and printed no address: ${text}`)));
  });
}
