import {
  bytes,
  capital,
  durationOfUs,
  executorTitle,
  withInterval,
  type Estimate,
  type MemoryReport,
  type MemoryRow,
  type VisibilityRow,
} from '../../../contract';
import type { Climb, Sight } from './asks';
import { measured, type LabCase } from './case';
import type { LabBody, MakeLab } from './lab';
import { LAB_EXECUTORS, programsOf, type LabExecutor } from './programs';

const MOST = { quick: 4, whole: 16 };
const CLIMBS = { quick: 2, whole: 3 };
const LOOKS = { quick: 3, whole: 8 };
/** Writes of one look: a reader that waits for Python's lock takes milliseconds for each. */
const TIMES = { quick: 40, whole: 100 };

const SIGHTS = LAB_EXECUTORS.flatMap((executor) =>
  programsOf(executor).sights.map((sight) => ({ executor, ...sight })),
);

interface ClimbCase extends LabCase {
  executor: LabExecutor;
  climbs: Climb[];
}

interface SightCase extends LabCase {
  sight: (typeof SIGHTS)[number];
  sights: Sight[];
}

/** What a further worker takes of memory, and whose writes it sees. */
export const memoryLab: MakeLab = ({ settings, sides, lackOf }) => {
  const pace = settings.quick ? 'quick' : 'whole';

  const climbs = LAB_EXECUTORS.map((executor): ClimbCase => {
    const own: ClimbCase = {
      title: `${executorTitle(executor)}, 1 to ${MOST[pace]}`,
      executor,
      rounds: CLIMBS[pace],
      limitMs: Infinity,
      expectedMs: 200 + MOST[pace] * programsOf(executor).climbMs,
      unavailable: lackOf(executor),
      climbs: [],
      async measure() {
        own.climbs.push((await sides.askFresh<'climb'>({ type: 'climb', executor, workers: MOST[pace] })).answer);
      },
    };
    return own;
  });

  const looks = SIGHTS.map((sight): SightCase => {
    const { executor, through } = sight;
    const own: SightCase = {
      title: `${executorTitle(executor)}, a write to ${sight.what}`,
      executor,
      rounds: LOOKS[pace],
      limitMs: 8_000,
      expectedMs: 300,
      unavailable: sight.unavailable ?? lackOf(executor),
      sight,
      sights: [],
      async measure() {
        own.sights.push(await sides.ask<'visibility'>({ type: 'visibility', executor, through, times: TIMES[pace] }));
      },
    };
    return own;
  });

  return {
    cases: [...climbs, ...looks],
    body: (reasonOf): LabBody => ({
      lab: 'memory',
      rows: climbs.map((one) => memoryRow(one, reasonOf(one), settings.seed)),
      visibility: looks.map((one) => visibilityRow(one, reasonOf(one), settings.seed)),
    }),
    finding: (report) => (report.lab === 'memory' ? finding(report) : ''),
  };
};

function memoryRow({ executor, climbs }: ClimbCase, reason: string | null, seed: number): MemoryRow {
  const [first] = climbs;
  const added = (pick: (point: Climb['points'][number]) => number | null): MemoryRow['eachResidentBytes'] =>
    measured(
      climbs.flatMap(({ points }) => steps(points.map(pick))),
      seed,
    );
  const eachResidentBytes = added((point) => point.residentBytes);
  const eachProportionalBytes = added((point) => point.proportionalBytes);
  const lacks =
    first !== undefined && eachProportionalBytes === null
      ? 'Proportional and private memory are not available on this system.'
      : null;
  return {
    executor,
    processes: first?.processes ?? null,
    workers: first?.points.length ?? 0,
    points: first?.points ?? [],
    eachResidentBytes,
    eachProportionalBytes,
    eachPrivateBytes: added((point) => point.privateBytes),
    reason: reason ?? climbs.find((climb) => climb.reason !== null)?.reason ?? lacks,
  };
}

/** What each further worker added to the sum. The first is left out: it also brings what all of them share. */
export function steps(sums: readonly (number | null)[]): number[] {
  return sums.slice(1).flatMap((sum, at) => {
    const before = sums[at];
    return sum === null || before === null || before === undefined ? [] : [sum - before];
  });
}

function visibilityRow(
  { sight: { executor, through, what }, sights }: SightCase,
  reason: string | null,
  seed: number,
): VisibilityRow {
  const seen = sights.length === 0 ? null : sights.some((sight) => sight.seen);
  const medians = sights.flatMap(({ delaysUs }) =>
    delaysUs.length > 0 ? [delaysUs.toSorted((a, b) => a - b)[delaysUs.length >> 1] ?? 0] : [],
  );
  return {
    executor,
    through,
    what,
    seen,
    delayUs: measured(medians, seed),
    lookedMs: seen === false ? Math.max(...sights.map(({ lookedMs }) => lookedMs)) : null,
    reason,
  };
}

function finding({ rows, visibility }: MemoryReport): string {
  const each = rows.flatMap(({ executor, eachProportionalBytes, eachResidentBytes }) => {
    const [kind, one] = eachProportionalBytes
      ? (['proportional', eachProportionalBytes] as const)
      : (['resident', eachResidentBytes] as const);
    return one ? [`${size(one)} for ${executorTitle(executor)}${kind === 'resident' ? ' (resident)' : ''}`] : [];
  });
  const memory =
    each.length === 0
      ? []
      : [
          `Memory per additional worker (shared pages divided among the processes that share them): ${each.join(', ')}.`,
        ];
  const seen = visibility.flatMap(({ executor, what, seen: was, delayUs }) =>
    was === null
      ? []
      : [
          was && delayUs
            ? `${executorTitle(executor)} saw a write to ${what} after ${durationOfUs(delayUs.value)}`
            : `${executorTitle(executor)} did not see a write to ${what}`,
        ],
  );
  return (
    [...memory, ...(seen.length === 0 ? [] : [`${capital(seen.join('; '))}.`])].join(' ') ||
    'No measurement was completed.'
  );
}

const size = (estimate: Estimate): string => withInterval(estimate, bytes);
