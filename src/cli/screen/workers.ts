import {
  duration,
  executorTitle,
  executorFacts,
  number,
  percent,
  plural,
  type ExecutorKey,
  type ExecutorProgress,
  type WorkerStatus,
} from '../../contract';
import { bar } from './bar';
import type { Moment, WorkerMoment } from './moment';
import type { Paint } from './paint';
import { columnsFor, fit, inColumns, padded } from './text';

/** The narrowest cell of a worker: its name, its bar, a percentage, its tasks. */
const LEAST_CELL = 34;
const PERCENT_WIDTH = 5;
const TASKS_WIDTH = 15;

/** A line for each executor: workers, the time that they are on a core, throughput, the typical task. */
export function executorLines(
  executors: readonly ExecutorProgress[],
  moment: Moment,
  width: number,
  paint: Paint,
): string[] {
  const shown = executors.filter(({ live, desired, counts }) => live + desired + counts.done + counts.failed > 0);
  const names = shown.map(({ executor }) => executorTitle(executor));
  const [nameWidth, countWidth] = [Math.min(22, longest(names)), longest(shown.map(countWords))];
  return shown.map((one, at) => {
    const figures = [padded(`${number(one.throughput)} tasks/s`, 15, 'left'), `p50 ${duration(one.running?.p50Ms)}`];
    const left = `${paint.mark(one.executor)} ${padded(names[at] ?? '', nameWidth)}  ${padded(countWords(one), countWidth)}`;
    const room = width - nameWidth - countWidth - 38;
    return fit(`${left}  ${shareBar(one.executor, meanOf(one, moment), room, paint)}  ${figures.join('  ')}`, width);
  });
}

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));

const countWords = ({ live, desired }: ExecutorProgress): string =>
  live === desired ? plural(live, 'worker') : `${number(live)} of ${plural(desired, 'worker')}`;

/** The mean of an executor's workers that have a sample; null where none has. */
function meanOf({ executor, workers }: ExecutorProgress, moment: Moment): WorkerMoment | null {
  const known = workers.flatMap(({ worker }) => moment.worker(executor, worker) ?? []);
  const mean = (of: (one: WorkerMoment) => number | null): number | null => {
    const values = known.flatMap((one) => of(one) ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return known.length === 0
    ? null
    : { onCore: mean((one) => one.onCore), waitingForCore: mean((one) => one.waitingForCore) };
}

/** A bar of the time on a core, with its percentage; nothing where that is not known. */
function shareBar(executor: ExecutorKey, share: WorkerMoment | null, width: number, paint: Paint): string {
  const room = width - PERCENT_WIDTH - 1;
  const drawn =
    room < 4
      ? ''
      : share?.onCore === null || share === null
        ? ' '.repeat(room)
        : bar([{ cause: executor, share: share.onCore }], room, paint, share.waitingForCore ?? 0);
  return `${drawn} ${padded(percent(share?.onCore), PERCENT_WIDTH, 'left')}`;
}

/** A row for each worker in `rows` lines at most; if they do not fit, a line that says so: the lines of executors are their means. */
export function workerLines(
  executors: readonly ExecutorProgress[],
  moment: Moment,
  size: { width: number; rows: number },
  paint: Paint,
): string[] {
  const all = executors.flatMap(({ executor, workers }) => workers.map((status) => ({ executor, status })));
  const fits = columnsFor(all.length, { least: LEAST_CELL, rows: size.rows - 1, width: size.width });
  if (all.length === 0 || size.rows < 1) return [];
  if (fits === null)
    return [fit(`${paint.strong('Workers')}  ${number(all.length)}, more than fit: above is their mean`, size.width)];
  const nameOf = ({ executor, status }: (typeof all)[number]): string =>
    `${executorFacts(executor).letter}${String(status.worker)}`;
  const nameWidth = longest(all.map(nameOf));
  const cells = all.map((one) => {
    const { executor, status } = one;
    const room = fits.cell - nameWidth - TASKS_WIDTH - 2;
    const share = shareBar(executor, moment.worker(executor, status.worker), room, paint);
    const name = paint.of(executor, padded(nameOf(one), nameWidth));
    return `${name} ${share} ${padded(stateWords(status), TASKS_WIDTH, 'left')}`;
  });
  return [
    fit(`${paint.strong('Workers')}  time on a core  ░ waiting for a core  · waiting for anything else`, size.width),
    ...inColumns(cells, fits.columns),
  ];
}

const stateWords = ({ state, settled }: WorkerStatus): string =>
  state.state === 'starting' || state.state === 'stopping' ? state.state : plural(settled, 'task');
