import {
  contenderOf,
  duration,
  instant,
  number,
  plural,
  type ExecutorKey,
  type LiveReport,
  type TaskTable,
} from '../../../../contract';
import { workerName } from '../../../report/words';
import { legend } from '../../../report/html/legend';
import { markup, type Markup } from '../../../report/html/markup';
import type { Window } from '../../../report/html/series';

const WIDTH = 1000;
/** More rows than this are no picture any more. */
const MAX_ROWS = 160;
/** About this many tasks fit side by side into one row. */
const TASKS_IN_A_ROW = 80;

interface Row {
  executor: ExecutorKey;
  worker: number;
  tasks: number[];
}

/** One row a worker, one block a task, over the last moments of the kept tasks. */
export function timelineCard(report: LiveReport): Markup | null {
  const { tasks, thinned } = report;
  const window = lastMoments(report);
  if (window === null) return null;
  const rows = workerRows(tasks, window);
  const shown = rows.slice(0, MAX_ROWS);
  const left = rows.length > shown.length ? ` ${plural(rows.length - shown.length, 'more worker')} not drawn.` : '';
  const kept =
    thinned.tasks.kept < thinned.tasks.seen
      ? ` Only saved tasks are drawn: ${number(thinned.tasks.kept)} of ${number(thinned.tasks.seen)} (${thinned.tasks.method}); a pale stretch may be a task that was not saved.`
      : '';
  const names = tasks.executors.filter((name) => rows.some(({ executor }) => executor === name));
  const at = (share: number): string => instant(window.fromMs + share * (window.toMs - window.fromMs));
  return markup`<section class="card"><header><h2>Workers</h2>
<p class="dim">One row per worker, one block per task, over the last ${duration(window.toMs - window.fromMs)}. Pale: waiting for work.${kept}${left}</p>${legend(names)}</header>
<ul class="workers ${shown.length > 40 ? 'many' : ''}">${shown.map((row) => workerItem(tasks, row, window))}</ul>
<p class="axis" aria-hidden="true"><span>${at(0)}</span><span>${at(0.25)}</span><span>${at(0.5)}</span><span>${at(0.75)}</span><span>${at(1)}</span></p></section>`;
}

/** The end of the kept tasks, as long as single tasks can be told apart. */
function lastMoments({ tasks, totals, elapsedMs }: LiveReport): Window | null {
  const toMs = tasks.finishedMs.reduce(
    (latest, at, row) => (started(tasks, row) ? Math.max(latest, at) : latest),
    -Infinity,
  );
  if (!Number.isFinite(toMs)) return null;
  const wanted = (totals.running?.p50Ms ?? 10) * TASKS_IN_A_ROW;
  const lengthMs = [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10].find((candidate) => candidate <= wanted) ?? 10;
  return { fromMs: Math.max(toMs - lengthMs, toMs - Math.max(elapsedMs, 1)), toMs };
}

/** A task that was dropped before any worker took it has no start. */
const started = (tasks: TaskTable, row: number): boolean => (tasks.attempts[row] ?? 0) > 0;

function workerRows(tasks: TaskTable, window: Window): Row[] {
  const rows = new Map<string, Row>();
  for (let row = 0; row < tasks.id.length; row++) {
    const executor = tasks.executors[tasks.executor[row] ?? -1];
    const worker = tasks.worker[row] ?? 0;
    if (executor === undefined || !started(tasks, row) || (tasks.finishedMs[row] ?? 0) <= window.fromMs) continue;
    const key = `${executor} ${String(worker)}`;
    const known = rows.get(key);
    if (known) known.tasks.push(row);
    else rows.set(key, { executor, worker, tasks: [row] });
  }
  const order = (row: Row): number => tasks.executors.indexOf(row.executor) * 1e6 + row.worker;
  return [...rows.values()].sort((a, b) => order(a) - order(b));
}

function workerItem(tasks: TaskTable, { executor, worker, tasks: own }: Row, window: Window): Markup {
  const inOrder = own.sort((a, b) => (tasks.startedMs[a] ?? 0) - (tasks.startedMs[b] ?? 0));
  const ended = (state: TaskTable['states'][number]) => (row: number) => tasks.states[tasks.state[row] ?? -1] === state;
  const draw = (name: string, rows: number[]): Markup | null =>
    rows.length > 0
      ? markup`<path class="${name}" d="${rows.map((row) => block(tasks, row, window)).join('')}"/>`
      : null;
  const failed = inOrder.filter(ended('failed'));
  // Neighbours differ a little, so that they can be told apart.
  const done = inOrder.filter(ended('done'));
  const name = workerName(executor, worker);
  const fate = failed.length > 0 ? `, ${number(failed.length)} failed` : '';
  return markup`<li class="${contenderOf(executor)}"><span class="label">${name}</span><svg role="img" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none"><title>${name}: ${plural(own.length, 'task')}${fate} in the last ${duration(window.toMs - window.fromMs)}</title>${draw(
    'even',
    done.filter((_, at) => at % 2 === 0),
  )}${draw(
    'odd',
    done.filter((_, at) => at % 2 === 1),
  )}${draw('cancelled', inOrder.filter(ended('cancelled')))}${draw('failed', failed)}</svg></li>`;
}

function block(tasks: TaskTable, row: number, window: Window): string {
  const x = (ms: number): number =>
    Math.round(((Math.max(ms, window.fromMs) - window.fromMs) / (window.toMs - window.fromMs)) * WIDTH * 10) / 10;
  const from = x(tasks.startedMs[row] ?? 0);
  const width = Math.max(0.6, Math.round((x(tasks.finishedMs[row] ?? 0) - from) * 10) / 10);
  return `M${String(from)} 0h${String(width)}v10h-${String(width)}z`;
}
