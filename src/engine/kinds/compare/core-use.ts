import type { CoreUse } from '../../../contract';
import { fit } from '../../metrics/tick/attribution';
import type { UsedCore } from './pass';

/** The times of each core in one round. */
type Round = readonly UsedCore[];

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
  const own = ownShares(columns, cores);
  const wholeMs = (core: number): number => whole.get(core)?.wholeMs ?? 0;
  return {
    cores,
    busy: cores.map((core) => busyIn(whole, core) ?? 0),
    series: cores.map((core) => columns.map((column) => busyIn(column, core) ?? 0)),
    own:
      own === null
        ? null
        : {
            busy: cores.map((core, at) => thousandths(sum(own.ms[at] ?? []) / wholeMs(core))),
            series: own.ms.map((each, at) =>
              each.map((ms, column) => thousandths(ms / (columns[column]?.get(cores[at] ?? -1)?.wholeMs ?? 1))),
            ),
          },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const thousandths = (share: number): number => Math.round(share * 1000) / 1000;

/** What the contender used of each core in each column, ms: no more than the core was busy; null where one round does not know it. */
function ownShares(columns: readonly Sums[], cores: readonly number[]): { ms: number[][] } | null {
  const each = columns.map((column) => {
    const own = cores.map((core) => column.get(core)?.ownMs ?? null);
    if (own.includes(null)) return null;
    const busyMs = cores.map((core) => column.get(core)?.busyMs ?? 0);
    return fit(busyMs, { threads: own.map((ms) => ms ?? 0) }).threads ?? null;
  });
  if (each.includes(null)) return null;
  return { ms: cores.map((_, at) => each.map((column) => column?.[at] ?? 0)) };
}

/** By core: in how many rounds it was there, and for how long it was busy, there, and used by the contender in them. */
type Sums = Map<number, { rounds: number; busyMs: number; wholeMs: number; ownMs: number | null }>;

function summed(rounds: readonly Round[]): Sums {
  const sums: Sums = new Map();
  for (const { core, busyMs, idleMs, ownMs } of rounds.flat()) {
    const before = sums.get(core) ?? { rounds: 0, busyMs: 0, wholeMs: 0, ownMs: 0 };
    sums.set(core, {
      rounds: before.rounds + 1,
      busyMs: before.busyMs + busyMs,
      wholeMs: before.wholeMs + busyMs + idleMs,
      ownMs: before.ownMs === null || ownMs === null ? null : before.ownMs + ownMs,
    });
  }
  return sums;
}

/** null where it told nothing. */
function busyIn(sums: Sums, core: number): number | null {
  const { busyMs = 0, wholeMs = 0 } = sums.get(core) ?? {};
  return wholeMs === 0 ? null : thousandths(busyMs / wholeMs);
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
  return sum(rounds.map(([first]) => (first ? first.busyMs + first.idleMs : 0)));
}
