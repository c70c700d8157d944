// How far a value at 10 Hz is off, of one core, in points: the kernel's counters of one tick alone, and smoothed as the sampler
// does it, each against the very time that the core was busy in that tick. Simulated: a core that is busy in bursts of random
// length, its counters stepping by 10 ms by what is seen at each timer tick, as Linux counts. Then real, where the scheduler
// tells each core's time in nanoseconds (/proc/schedstat; without interrupts): all cores are kept busy in such bursts.
// Usage: npm run bench:ticks [-- SECONDS]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runnerImport } from 'vite';

const SECONDS = Number(process.argv[2] ?? 20);
const TICK_MS = 100;
const BURSTS =
  'const rest = () => setTimeout(work, Math.random() * 150); const work = () => { const end = performance.now() + Math.random() * 150; while (performance.now() < end); rest(); }; work();';

const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { smoothedTotal } = await load('src/engine/metrics/tick/smoothing.ts');
const { createRandom } = await load('src/engine/statistics/random.ts');

/** Busy and idle time of each core, ms, as /proc/stat steps it, and as the scheduler has it. */
function look() {
  const atMs = performance.now();
  const stat = readFileSync('/proc/stat', 'utf8').matchAll(/^cpu(\d+) (.*)$/gm);
  const scheduled = new Map(
    [...readFileSync('/proc/schedstat', 'utf8').matchAll(/^cpu(\d+) (.*)$/gm)].map(([, core, rest]) => [
      core,
      Number(rest.split(' ')[6]) / 1e6,
    ]),
  );
  const cores = [...stat].map(([, core, rest]) => {
    const [user, nice, system, idle, iowait, irq, softirq, steal] = rest
      .split(' ')
      .map((jiffies) => Number(jiffies) * 10);
    return { busyMs: user + nice + system + irq + softirq + steal, idleMs: idle + iowait, trueMs: scheduled.get(core) };
  });
  return { atMs, cores };
}

/** One core over many ticks: busy and idle for up to `burstMs` at a time. */
function simulated(burstMs) {
  const random = createRandom(20_26);
  const upTo = (ms) => ((random.next() + 0.5) / 2 ** 32) * ms;
  const core = { busyMs: 0, idleMs: 0, trueMs: 0 };
  const readings = [];
  let busy = false;
  let leftMs = 0;
  for (let atMs = 0; atMs < SECONDS * 1e4; atMs++) {
    for (leftMs -= 1; leftMs <= 0; leftMs += upTo(burstMs)) busy = !busy;
    core.trueMs += busy ? 1 : 0;
    // What the core does as the timer ticks counts for all of the 10 ms.
    if (atMs % 10 === 3) core[busy ? 'busyMs' : 'idleMs'] += 10;
    if (atMs % TICK_MS === 0) readings.push({ atMs, cores: [{ ...core }] });
  }
  return readings;
}

/** All cores of this machine, or null where it does not tell their time. */
async function real() {
  if (!existsSync('/proc/schedstat')) return null;
  const children = cpus().map(() => spawn(process.execPath, ['-e', BURSTS], { stdio: 'ignore' }));
  await wait(500);
  const readings = [];
  for (const endMs = performance.now() + SECONDS * 1e3; performance.now() < endMs;) {
    readings.push(look());
    await wait(TICK_MS - ((performance.now() - readings[0].atMs) % TICK_MS));
  }
  for (const child of children) child.kill('SIGKILL');
  return readings;
}

/** A total as the sampler has it at a reading. */
function smoothed(readings, at, core, field) {
  const point = ({ atMs, cores }) => ({ atMs, total: cores[core][field] });
  return smoothedTotal(point(readings[at - 1]), point(readings[at]), point(readings[at + 1]), TICK_MS);
}

function show(title, readings) {
  const errors = { 'one tick alone': [], smoothed: [], 'smoothed, against what it looks at (300 ms)': [] };
  for (let at = 2; at + 1 < readings.length; at++) {
    for (let core = 0; core < readings[at].cores.length; core++) {
      const [now, before] = [readings[at].cores[core], readings[at - 1].cores[core]];
      const share = (busyMs, idleMs) => (busyMs + idleMs === 0 ? 0 : busyMs / (busyMs + idleMs));
      const grown = (field) => smoothed(readings, at, core, field) - smoothed(readings, at - 1, core, field);
      const spanMs = readings[at].atMs - readings[at - 1].atMs;
      const truth = Math.min(1, (now.trueMs - before.trueMs) / spanMs);
      const seen = share(grown('busyMs'), grown('idleMs'));
      errors['one tick alone'].push(Math.abs(share(now.busyMs - before.busyMs, now.idleMs - before.idleMs) - truth));
      errors.smoothed.push(Math.abs(seen - truth));
      errors['smoothed, against what it looks at (300 ms)'].push(
        Math.abs(seen - Math.min(1, grown('trueMs') / spanMs)),
      );
    }
  }

  console.log(`\n${title}: ${readings.length} ticks of ${TICK_MS} ms, points off`);
  for (const [name, all] of Object.entries(errors)) {
    const sorted = all.toSorted((a, b) => a - b);
    const points = (share) => (share * 100).toFixed(1).padStart(6);
    console.log(
      `${name.padEnd(46)} mean ${points(all.reduce((sum, one) => sum + one, 0) / all.length)}   19 of 20 within ${points(sorted[Math.floor(sorted.length * 0.95)])}   worst ${points(sorted.at(-1))}`,
    );
  }
}

for (const burstMs of [30, 150, 1_000]) show(`Simulated, bursts of up to ${burstMs} ms`, simulated(burstMs));
const seen = await real();
if (seen === null) console.log('\nReal: not measured, as this system has no /proc/schedstat.');
else show(`Real, ${seen[0].cores.length} cores, bursts of up to 150 ms`, seen);
process.exit(0);
