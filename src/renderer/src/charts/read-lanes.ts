import { duration, executorTitle, instant, percent, plural } from '../../../contract';
import type { Lane } from './block-store';
import type { Readout } from './hover';
import type { LanesLayout } from './lanes-layout';
import { laneLabel, type LaneRow, type LanesView } from './paint-lanes';

/** The first kept block that ends after the time; `written` where there is none. */
function firstAfter(lane: Lane, atMs: number): number {
  let low = lane.written - lane.kept;
  let high = lane.written;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.endMs(middle) > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a worker did at a time, ms on the engine's clock. */
export type Moment =
  | { state: 'away' }
  | { state: 'working'; tasks: number; fromMs: number; toMs: number; failed: boolean }
  | { state: 'running'; fromMs: number }
  /** `toMs` is null while it still waits. */
  | { state: 'waiting'; fromMs: number; toMs: number | null };

/** What the worker of a row did at a time. */
export function momentAt(row: LaneRow, atMs: number): Moment {
  const { lane, runningSinceMs } = row;
  if (atMs < row.sinceMs || atMs > row.untilMs) return { state: 'away' };
  const block = lane ? firstAfter(lane, atMs) : 0;
  const written = lane?.written ?? 0;
  if (lane && block < written && lane.startMs(block) <= atMs) {
    return {
      state: 'working',
      tasks: lane.tasks(block),
      fromMs: lane.startMs(block),
      toMs: lane.endMs(block),
      failed: lane.failed(block),
    };
  }
  const beforeMs = lane && block > written - lane.kept ? lane.endMs(block - 1) : row.sinceMs;
  if (runningSinceMs !== null && block === written && atMs >= runningSinceMs)
    return { state: 'running', fromMs: runningSinceMs };
  return { state: 'waiting', fromMs: beforeMs, toMs: lane && block < written ? lane.startMs(block) : runningSinceMs };
}

function words(moment: Moment): { name: string; value: string } {
  switch (moment.state) {
    case 'away':
      return { name: 'not running', value: '' };
    case 'running':
      return { name: 'task in progress', value: '' };
    case 'waiting':
      return { name: 'waiting for work', value: moment.toMs === null ? '' : duration(moment.toMs - moment.fromMs) };
    case 'working': {
      const tasks = plural(moment.tasks, 'task');
      return { name: moment.failed ? `${tasks}, failed` : tasks, value: duration(moment.toMs - moment.fromMs) };
    }
  }
}

function lockRows(row: LaneRow, atMs: number): Readout['rows'] {
  if (!row.lockShareAt || momentAt(row, atMs).state === 'away') return [];
  const share = row.lockShareAt(atMs);
  return [{ executor: null, name: 'waiting for the lock, mean of 2 s', value: percent(share) }];
}

/** The block or gap at a place; over the labels, what the worker's number says. `startedMs` is when the run began. */
export function readLanes(
  layout: LanesLayout,
  view: LanesView & { startedMs: number },
  at: { x: number; y: number },
): Readout | null {
  const row = view.rows[Math.floor((at.y + Math.round(view.scrollTop)) / layout.rowHeight)];
  if (!row) return null;
  const many = executorTitle(row.executor);
  if (at.x < layout.left) {
    return {
      title: `${laneLabel(row)} · number ${row.worker} of the ${many} started in this run`,
      rows: [{ executor: null, name: 'numbers are not reused', value: '' }],
    };
  }
  const atMs = view.endMs - (layout.left + layout.width - at.x) / layout.pxPerMs;
  const when = atMs < view.startedMs ? 'before the first task' : `${instant(atMs - view.startedMs)} into the run`;
  return {
    title: `${laneLabel(row)} · ${when}`,
    rows: [{ executor: row.executor, ...words(momentAt(row, atMs)) }, ...lockRows(row, atMs)],
  };
}
