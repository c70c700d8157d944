import type { CoreUse } from '../../../contract';
import type { CoreTimes } from '../../metrics/tick/cpu-times';

/** Values of one core; more rounds than that are pooled. */
const MOST_VALUES = 60;
/** The system counts in ticks of 10 ms or more: less time than this says little, ms. */
const LEAST_MS = 100;

/** Times of each core between two readings; cores that came or went in between are left out. */
export function coreTimesBetween(before: readonly CoreTimes[], after: readonly CoreTimes[]): CoreTimes[] {
  const earlier = new Map(before.map((times) => [times.core, times]));
  return after.flatMap(({ core, busyMs, idleMs }) => {
    const start = earlier.get(core);
    // Idle time has been seen to run backwards (proc_stat(5)).
    return start === undefined ? [] : [{ core, busyMs: Math.max(0, busyMs - start.busyMs), idleMs: Math.max(0, idleMs - start.idleMs) }];
  });
}

/** How busy each core was in rounds, given its times in each; null where they were too short to say. */
export function coreUse(rounds: readonly (readonly CoreTimes[])[]): CoreUse | null {
  const columns = pooled(rounds);
  const timesIn = (column: readonly (readonly CoreTimes[])[], core: number): { busyMs: number; wholeMs: number } => {
    const own = column.flatMap((times) => times.filter((one) => one.core === core));
    return { busyMs: own.reduce((sum, { busyMs }) => sum + busyMs, 0), wholeMs: own.reduce((sum, { busyMs, idleMs }) => sum + busyMs + idleMs, 0) };
  };
  const busyIn = (column: readonly (readonly CoreTimes[])[], core: number): number => {
    const { busyMs, wholeMs } = timesIn(column, core);
    return Math.round((busyMs / wholeMs) * 1000) / 1000;
  };
  // One that came, went or told nothing meanwhile is left out: it was not idle.
  const cores = (rounds[0] ?? []).map(({ core }) => core).filter((core) => columns.every((column) => timesIn(column, core).wholeMs > 0 && column.every((times) => times.some((one) => one.core === core))));
  if (columns.length === 0 || cores.length === 0) return null;
  return { cores, busy: cores.map((core) => busyIn(rounds, core)), series: cores.map((core) => columns.map((column) => busyIn(column, core))) };
}

/** Rounds in a row, put together until they are long enough to say something. */
function pooled(rounds: readonly (readonly CoreTimes[])[]): (readonly CoreTimes[])[][] {
  const together = Math.ceil(rounds.length / MOST_VALUES);
  const columns: (readonly CoreTimes[])[][] = [];
  let column: (readonly CoreTimes[])[] = [];
  for (const round of rounds) {
    column.push(round);
    if (column.length < together || lengthMs(column) < LEAST_MS) continue;
    columns.push(column);
    column = [];
  }
  columns.at(-1)?.push(...column);
  return columns;
}

function lengthMs(rounds: readonly (readonly CoreTimes[])[]): number {
  return rounds.reduce((sum, [first]) => sum + (first ? first.busyMs + first.idleMs : 0), 0);
}
