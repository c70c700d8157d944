import { inOrder, keysOf } from '../executors';
import type { SampleTable } from './samples';
import type { TaskTable } from './tasks';

interface Fault {
  path: (string | number)[];
  message: string;
}

/** Faults of a report's tables that a shape alone does not show: columns of unequal length, indices without a target. */
export function* checkColumns(report: { samples: SampleTable; tasks: TaskTable }): Generator<Fault> {
  yield* checkSamples(report.samples);
  yield* checkTasks(report.tasks);
}

function* checkSamples(samples: SampleTable): Generator<Fault> {
  const rows = samples.atMs.length;
  const cores = samples.cores.length;
  yield* wrongLength(['samples', 'intervalMs'], samples.intervalMs, rows);
  yield* checkMatrix(['samples', 'utilization'], samples.utilization, { cores, rows });
  for (const name of inOrder([...keysOf(samples.byExecutor ?? {}), ...keysOf(samples.throughput)])) {
    const attributed = samples.byExecutor?.[name];
    if (attributed) yield* checkMatrix(['samples', 'byExecutor', name], attributed, { cores, rows });
    const throughput = samples.throughput[name];
    if (throughput) yield* wrongLength(['samples', 'throughput', name], throughput, rows);
  }
  const { crossCheck, frequencyMhz, temperatureC } = samples;
  yield* checkMatrix(['samples', 'crossCheck', 'utilization'], crossCheck.utilization, {
    cores,
    rows: crossCheck.atMs.length,
  });
  yield* wrongLength(['samples', 'frequencyMhz', 'mean'], frequencyMhz.mean, frequencyMhz.atMs.length);
  yield* wrongLength(['samples', 'temperatureC', 'value'], temperatureC.value, temperatureC.atMs.length);
}

function* checkMatrix(
  path: Fault['path'],
  matrix: readonly (readonly unknown[])[],
  size: { cores: number; rows: number },
): Generator<Fault> {
  // A table without rows may leave its columns out.
  if (size.rows === 0 && matrix.length === 0) return;
  yield* wrongLength(path, matrix, size.cores);
  for (const [core, column] of matrix.entries()) yield* wrongLength([...path, core], column, size.rows);
}

const TASK_COLUMNS = [
  'executor',
  'worker',
  'state',
  'attempts',
  'input',
  'queuedMs',
  'startedMs',
  'finishedMs',
  'checksum',
] as const satisfies readonly (keyof TaskTable)[];

function* checkTasks(tasks: TaskTable): Generator<Fault> {
  const rows = tasks.id.length;
  for (const name of TASK_COLUMNS) yield* wrongLength(['tasks', name], tasks[name], rows);
  yield* outOfRange(['tasks', 'executor'], tasks.executor, tasks.executors.length);
  yield* outOfRange(['tasks', 'state'], tasks.state, tasks.states.length);
  const done = tasks.states.indexOf('done');
  const unproven = tasks.state.findIndex(
    (state, row) => (state === done) !== (typeof tasks.checksum[row] === 'number'),
  );
  if (unproven >= 0)
    yield { path: ['tasks', 'checksum', unproven], message: 'a task has a checksum exactly when it is done' };
}

function* wrongLength(path: Fault['path'], column: readonly unknown[], length: number): Generator<Fault> {
  if (column.length !== length)
    yield { path, message: `holds ${String(column.length)} values where ${String(length)} belong` };
}

function* outOfRange(path: Fault['path'], column: readonly number[], length: number): Generator<Fault> {
  const row = column.findIndex((index) => index >= length);
  if (row >= 0) yield { path: [...path, row], message: `points beyond the list of ${String(length)} names` };
}
