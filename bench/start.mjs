// What starting costs, beside Node alone: CPU time of the command with all that it starts, and its time on the clock, by
// turns; and how long after Enter the first task of a run is handed to a thread. Linux only; wants a build.
// Usage: npm run bench:start [-- ROUNDS [FOLDER…]], where each further folder is another build of Coreloom, to be held beside.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const [rounds = '15', ...others] = process.argv.slice(2);
const builds = [resolve(import.meta.dirname, '..'), ...others.map((folder) => resolve(folder))];
const scratch = mkdtempSync(join(tmpdir(), 'coreloom-start-'));
const firstTask = join(scratch, 'first-task.json');
const PRELOAD = join(import.meta.dirname, 'start', 'first-task.mjs');
const RUN = ['run', 'primes', '--threads', '1', '--tasks', '1'];
const COMMANDS = [['--version'], ['--help'], ['workloads'], ['machine'], RUN];

/** CPU time of all processes that this one has started and that have ended, ms. */
function startedCpuMs() {
  const words = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1).split(' ');
  return (Number(words[13]) + Number(words[14])) * 10;
}

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

function start(args, extra = {}) {
  const [cpu, atMs] = [startedCpuMs(), nowMs()];
  const env = { ...process.env, CORELOOM_HOME: join(scratch, 'home'), ...extra };
  const { status, stderr } = spawnSync(process.execPath, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { cpuMs: startedCpuMs() - cpu, wallMs: nowMs() - atMs, atMs };
}

/** Until the first task, where the preload tells of it. */
function startRun(command) {
  const { atMs } = start(['--import', PRELOAD, command, ...RUN], { CORELOOM_FIRST_TASK: firstTask });
  const found = JSON.parse(readFileSync(firstTask, 'utf8'));
  return { cpuMs: found.cpuMs, wallMs: found.atMs - atMs };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const node = { name: 'node -e 0', measure: () => start(['-e', '0']) };
const rows = builds.flatMap((root) => {
  const command = join(root, 'bin/coreloom.mjs');
  const beside = builds.length === 1 ? '' : ` (${basename(root)})`;
  return [
    ...COMMANDS.map((args) => ({
      name: `coreloom ${args.join(' ')}${beside}`,
      measure: () => start([command, ...args]),
    })),
    { name: `  its first task after${beside}`, measure: () => startRun(command) },
  ];
});
const all = [node, ...rows].map((row) => ({ ...row, found: [] }));
for (let round = 0; round <= Number(rounds); round++)
  for (const { measure, found } of all) {
    const one = measure();
    // The first round only fills the caches of files.
    if (round > 0) found.push(one);
  }
rmSync(scratch, { recursive: true, force: true });

// The system counts CPU time of others in steps of 10 ms: the mean of many is finer.
const cpuOf = ({ found }) => mean(found.map(({ cpuMs }) => cpuMs));
const base = cpuOf(all[0]);
console.log(`Means of CPU time and medians of time, ${rounds} rounds, Node ${process.versions.node}`);
console.log(`${'CPU ms'.padStart(8)}${'ratio'.padStart(8)}${'ms'.padStart(8)}`);
for (const row of all) {
  const figures = [
    cpuOf(row).toFixed(0),
    (cpuOf(row) / base).toFixed(2),
    median(row.found.map(({ wallMs }) => wallMs)).toFixed(0),
  ];
  console.log(`${figures.map((text) => text.padStart(8)).join('')}  ${row.name}`);
}
