// What rough hands do to Coreloom: each is one action of the soak, drawn at random with its weight.
import { setTimeout as pause } from 'node:timers/promises';
import { beneath } from './measure.mjs';

const WORKLOADS = [
  { workload: 'sleep', size: 2 },
  { workload: 'sha256', size: 20_000 },
  { workload: 'primes', size: 20_000 },
  { workload: 'files', size: 4_096 },
  { workload: 'sql', size: 16 },
  { workload: 'http' },
  { workload: 'count', size: 3 },
  { workload: 'sort', size: 5_000 },
];
const FORMATS = ['json', 'csv-tasks', 'csv-samples', 'markdown', 'html', 'trace'];
const LABS = ['ipc', 'race', 'memory', 'startup'];
/** What may rightly be refused: a report that was deleted meanwhile, a trace of a lab, a run that has just ended. */
const REFUSALS = ['no-run', 'run-active', 'report-not-found', 'report-format', 'bad-input', 'not-available'];

/** `world`: the server's pid, `client()`, `random` (draws), `executors` (those available), `count(name, by)`. */
export const HANDS = [
  { name: 'runs', weight: 6, act: startRun },
  { name: 'drags', weight: 6, act: drag },
  { name: 'stops', weight: 3, act: stop },
  { name: 'kills', weight: 3, act: kill },
  { name: 'suspensions', weight: 2, act: suspend },
  { name: 'exports', weight: 4, act: exportOne },
  { name: 'labels', weight: 4, act: label },
  { name: 'deletions', weight: 2, act: deleteOne },
  { name: 'experiments', weight: 1, act: experiment },
  { name: 'reloads', weight: 2, act: reload },
];

/** Calls a command; a refusal that is right at this moment answers null. */
async function asked(world, name, argument) {
  try {
    return await world.client().call(name, argument);
  } catch (error) {
    if (REFUSALS.includes(error.code)) return null;
    throw error;
  }
}

function workers({ random, executors }, most) {
  const counts = Object.fromEntries(
    executors.filter(() => random.below(2) === 1).map((name) => [name, random.below(most + 1)]),
  );
  return Object.values(counts).some((count) => count > 0) ? counts : { threads: 1 + random.below(most) };
}

async function startRun(world) {
  const { random } = world;
  await ended(world);
  const limit = random.below(2) === 0 ? { tasks: 1 + random.below(800) } : { durationMs: 200 + random.below(3_000) };
  await asked(world, 'startExperiment', {
    kind: 'live',
    ...random.of(WORKLOADS),
    workers: workers(world, 2),
    ...limit,
  });
}

/** Ends what is on, so that something else can begin. */
async function ended(world) {
  await asked(world, 'stopExperiment', { interrupted: world.random.below(2) === 0 });
}

async function drag(world) {
  const moves = 1 + world.random.below(200);
  await Promise.all(
    Array.from({ length: moves }, () => asked(world, 'updateExperiment', { workers: workers(world, 4) })),
  );
  await asked(world, 'updateExperiment', { workers: { threads: 1 } });
  world.count('moves of a slider', moves);
}

async function stop(world) {
  await asked(world, 'stopExperiment', { interrupted: false });
}

async function kill(world) {
  const victim = anyProcess(world);
  if (victim !== undefined) signal(victim, 'SIGKILL');
}

async function suspend(world) {
  const victim = anyProcess(world);
  if (victim === undefined) return;
  signal(victim, 'SIGSTOP');
  await pause(world.random.below(500));
  signal(victim, 'SIGCONT');
}

function anyProcess({ pid, random }) {
  return random.of(beneath(pid))?.pid;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

async function anyReport(world) {
  const list = await asked(world, 'listReports', { limit: 50 });
  return world.random.of(list?.reports ?? [])?.id;
}

async function exportOne(world) {
  const id = await anyReport(world);
  if (id !== undefined) await asked(world, 'exportReport', { id, format: world.random.of(FORMATS) });
}

async function label(world) {
  const id = await anyReport(world);
  if (id === undefined) return;
  const text = `soak ${world.random.below(1_000)}`;
  const [renamed, noted] = await Promise.all([
    asked(world, 'renameReport', { id, title: text }),
    asked(world, 'noteReport', { id, note: text }),
  ]);
  if (renamed === null || noted === null) return;
  const found = (await asked(world, 'listReports', { search: id }))?.reports.find((report) => report.id === id);
  if (found !== undefined && (found.title !== text || found.note !== text))
    world.fault(`The title or the note of ${id} was lost.`);
}

async function deleteOne(world) {
  const id = await anyReport(world);
  if (id === undefined) return;
  await asked(world, 'deleteReport', { id });
  if (world.random.below(2) === 0) await asked(world, 'restoreReport', { id });
}

async function experiment(world) {
  const { random } = world;
  await ended(world);
  const settings = random.of([
    { kind: 'lab', lab: random.of(LABS), quick: true },
    {
      kind: 'compare',
      workload: 'sha256',
      size: 20_000,
      executors: ['sequential', 'threads', 'processes'],
      workers: 2,
    },
    { kind: 'scale', workload: 'sleep', size: 2, executors: ['threads'], max: 3 },
  ]);
  await asked(world, 'startExperiment', settings);
  await pause(random.below(3_000));
}

async function reload(world) {
  world.client().leave();
  await world.connect();
}
