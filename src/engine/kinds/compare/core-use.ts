import type { CoreUse } from '../../../contract';
import type { CoreTimes } from '../../metrics/tick/cpu-times';

/** The times of each core in one round. */
type Round = readonly CoreTimes[];

/** Values of one core; more rounds than that are pooled. */
const MOST_VALUES = 60;
/** The system counts in ticks of 10 ms or more: less time than this says little, ms. */
const LEAST_MS = 100;

/** How busy each core was in rounds, given its times in each; null where they were too short to say. */
export function coreUse(rounds: readonly Round[]): CoreUse | null {
  const whole = summed(rounds);
  const columns = pooled(rounds).map(summed);
  // One that came, went or told nothing meanwhile is left out: it was not idle.
  const cores = [...whole].flatMap(([core, sum]) =>
    sum.rounds === rounds.length && columns.every((column) => busyIn(column, core) !== null) ? [core] : [],
  );
  if (columns.length === 0 || cores.length === 0) return null;
  return {
    cores,
    busy: cores.map((core) => busyIn(whole, core) ?? 0),
    series: cores.map((core) => columns.map((column) => busyIn(column, core) ?? 0)),
  };
}

/** By core: in how many rounds it was there, and for how long it was busy and there in them. */
type Sums = Map<number, { rounds: number; busyMs: number; wholeMs: number }>;

function summed(rounds: readonly Round[]): Sums {
  const sums: Sums = new Map();
  for (const { core, busyMs, idleMs } of rounds.flat()) {
    const sum = sums.get(core) ?? { rounds: 0, busyMs: 0, wholeMs: 0 };
    sums.set(core, { rounds: sum.rounds + 1, busyMs: sum.busyMs + busyMs, wholeMs: sum.wholeMs + busyMs + idleMs });
  }
  return sums;
}

/** null where it told nothing. */
function busyIn(sums: Sums, core: number): number | null {
  const { busyMs = 0, wholeMs = 0 } = sums.get(core) ?? {};
  return wholeMs === 0 ? null : Math.round((busyMs / wholeMs) * 1000) / 1000;
}

/** Rounds in a row, put together until they are long enough to say something. */
function pooled(rounds: readonly Round[]): Round[][] {
  const together = Math.ceil(rounds.length / MOST_VALUES);
  const columns: Round[][] = [];
  let column: Round[] = [];
  for (const round of rounds) {
    column.push(round);
    if (column.length < together || lengthMs(column) < LEAST_MS) continue;
    columns.push(column);
    column = [];
  }
  columns.at(-1)?.push(...column);
  return columns;
}

function lengthMs(rounds: readonly Round[]): number {
  return rounds.reduce((sum, [first]) => sum + (first ? first.busyMs + first.idleMs : 0), 0);
}
