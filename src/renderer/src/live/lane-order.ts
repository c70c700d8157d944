import { laneCoverage } from '../charts/lane-coverage';
import type { LaneRow } from '../charts/paint-lanes';

/** How the rows of the workers are grouped and sorted. */
export type LaneOrder = 'number' | 'busy' | 'idle' | 'together';

export const LANE_ORDERS: readonly { value: LaneOrder; title: string }[] = [
  { value: 'number', title: 'by number' },
  { value: 'busy', title: 'busiest first' },
  { value: 'idle', title: 'idlest first' },
  { value: 'together', title: 'busiest first, all together' },
];

/** Rows are sorted by this much time before now, ms. */
const SORTED_BY_MS = 5000;
/** And sorted again this often: the eye could not follow more. */
const SORTED_EVERY_MS = 3000;

/** How much of the time before `endMs` a worker had a task, 0 to 1. */
function busyShare(row: LaneRow, endMs: number): number {
  const stretch = { fromMs: endMs - SORTED_BY_MS, pixels: 1, pxPerMs: 1 / SORTED_BY_MS };
  return laneCoverage(row.lane, row.runningSinceMs, stretch).shade[0] ?? 0;
}

/** The rows in an order: those of an executor stay together except where all are sorted as one. */
function orderedRows(rows: readonly LaneRow[], order: LaneOrder, endMs: number): LaneRow[] {
  if (order === 'number') return [...rows];
  const busy = new Map(rows.map((row) => [row, busyShare(row, endMs)]));
  const executors = [...new Set(rows.map((row) => row.executor))];
  const group = (row: LaneRow): number => (order === 'together' ? 0 : executors.indexOf(row.executor));
  const sign = order === 'idle' ? 1 : -1;
  return rows.toSorted(
    (one, other) =>
      group(one) - group(other) ||
      sign * ((busy.get(one) ?? 0) - (busy.get(other) ?? 0)) ||
      executors.indexOf(one.executor) - executors.indexOf(other.executor) ||
      one.worker - other.worker,
  );
}

const keyOf = (row: LaneRow): string => `${row.executor} ${row.worker}`;

/** Sorts rows as they come; those sorted by what they do keep their places for some seconds. */
export function createLaneSorter(): { sorted(rows: LaneRow[], order: LaneOrder, endMs: number): LaneRow[] } {
  let places = new Map<string, number>();
  let last: { order: LaneOrder; atMs: number } = { order: 'number', atMs: 0 };
  return {
    sorted(rows, order, endMs) {
      if (order === 'number') return rows;
      if (order !== last.order || Math.abs(endMs - last.atMs) > SORTED_EVERY_MS) {
        last = { order, atMs: endMs };
        const fresh = orderedRows(rows, order, endMs);
        places = new Map(fresh.map((row, place) => [keyOf(row), place]));
        return fresh;
      }
      const place = (row: LaneRow): number => places.get(keyOf(row)) ?? places.size;
      return rows.toSorted((one, other) => place(one) - place(other));
    },
  };
}
