import {
  RACE_METHOD_TITLES,
  executorTitle,
  isPython,
  number,
  percent,
  withInterval,
  type ExecutorKey,
  type RaceMethod,
  type RaceReport,
  type RaceRow,
} from '../../../contract';
import { measured, type LabCase } from './case';
import type { LabBody, MakeLab } from './lab';
import { LAB_EXECUTORS, programsOf, type LabExecutor } from './programs';

const MILLION = 1_000_000;
const ROUNDS = { quick: 10, whole: 30 };
const CASE_MS = { quick: 1_500, whole: 15_000 };
/** Python takes longer, and its locks most of all: quick takes fewer increments there, and says how many. */
const QUICK_PYTHON = 500_000;
const QUICK_PYTHON_LOCKED = 50_000;

const RACES = LAB_EXECUTORS.flatMap((executor) => programsOf(executor).races.map((race) => ({ executor, ...race })));

interface RaceCase extends LabCase {
  executor: LabExecutor;
  method: RaceMethod;
  statement: string;
  increments: number;
  shares: number[];
  wallsMs: number[];
}

/** What comes of workers that increment one counter at the same time. */
export const raceLab: MakeLab = ({ settings, sides, lackOf }) => {
  const pace = settings.quick ? 'quick' : 'whole';

  function raceCase(race: (typeof RACES)[number]): RaceCase {
    const { executor, method } = race;
    const own: RaceCase = {
      ...race,
      title: `${executorTitle(executor)}, ${RACE_METHOD_TITLES[method]}`,
      rounds: ROUNDS[pace],
      limitMs: CASE_MS[pace],
      expectedMs: isPython(executor) ? 250 : 50,
      unavailable: race.unavailable ?? lackOf(executor),
      increments:
        settings.workers *
        (pace === 'quick' && isPython(executor) ? (method === 'lock' ? QUICK_PYTHON_LOCKED : QUICK_PYTHON) : MILLION),
      shares: [],
      wallsMs: [],
      async measure() {
        const { expected, counted, wallMs } = await sides.ask<'race'>({
          type: 'race',
          executor,
          method,
          workers: settings.workers,
          increments: own.increments,
        });
        own.increments = expected;
        own.shares.push((expected - counted) / expected);
        own.wallsMs.push(wallMs);
      },
    };
    return own;
  }

  const cases = RACES.map(raceCase);

  return {
    cases,
    body: (reasonOf): LabBody => ({ lab: 'race', rows: cases.map((one) => row(one, reasonOf(one), settings)) }),
    finding: (report) => (report.lab === 'race' ? finding(report) : ''),
  };
};

function row(one: RaceCase, reason: string | null, { workers, seed }: { workers: number; seed: number }): RaceRow {
  const losing = one.shares.filter((share) => share > 0).length;
  const rounds = one.shares.length;
  return {
    executor: one.executor,
    method: one.method,
    statement: one.statement,
    workers,
    increments: rounds > 0 ? one.increments : 0,
    lostShare: measured(one.shares, seed),
    losing,
    rounds,
    verdict: raceVerdict(one.method, losing, rounds),
    couldLose: couldLose(one.method, losing, rounds),
    wallMs: measured(one.wallsMs, seed),
    reason,
  };
}

/** 0 is "not observed" and never "safe"; where nothing is shared there is nothing to lose, but a loss would be told. */
export function raceVerdict(method: RaceMethod, losing: number, rounds: number): RaceRow['verdict'] {
  if (rounds === 0) return 'not-measured';
  if (losing > 0) return 'lost';
  return method === 'separate' ? 'cannot-race' : 'not-observed';
}

/**
 * The largest share of rounds that could lose some, while as many as these show none with a chance of 5 % or more:
 * 1 - 0.05^(1 / n), the exact bound behind the "rule of three" (Hanley and Lippman-Hand, JAMA 249, 1983).
 */
export function couldLose(method: RaceMethod, losing: number, rounds: number): number | null {
  return method === 'separate' || losing > 0 || rounds === 0 ? null : 1 - 0.05 ** (1 / rounds);
}

function finding({ rows }: RaceReport): string {
  const sentences = rows.filter(({ method, rounds }) => method === 'unlocked' && rounds > 0).map(unlocked);
  const kept = rows.filter(
    ({ method, rounds, losing }) => (method === 'lock' || method === 'atomics') && rounds > 0 && losing === 0,
  );
  const leaky = rows.filter(
    ({ method, losing }) => (method === 'lock' || method === 'atomics' || method === 'separate') && losing > 0,
  );
  if (kept.length > 0)
    sentences.push(
      `With a lock or Atomics no loss was observed (${kept.map(({ executor, method }) => `${name(executor)}, ${RACE_METHOD_TITLES[method]}`).join('; ')}).`,
    );
  for (const { executor, method } of leaky)
    sentences.push(`${name(executor)} with ${RACE_METHOD_TITLES[method]} lost updates, which should be impossible.`);
  return sentences.join(' ') || 'No round was completed.';
}

function unlocked({ executor, lostShare, losing, rounds, workers, increments }: RaceRow): string {
  const who = `${workers} ${executorTitle(executor)} that increment one counter without a lock`;
  if (losing === 0 || lostShare === null)
    return `${who} were not observed to lose an update in ${rounds} rounds, but that does not prove it safe.`;
  const most = Math.max(...lostShare.values);
  // The median of rounds most of which lost none would say that none was lost.
  if (lostShare.value === 0)
    return `${who} lost some in ${losing} of ${rounds} rounds, up to ${percent(most)} of ${number(increments)} updates.`;
  return `${who} lost ${withInterval(lostShare, percent)} of ${number(increments)} updates.`;
}

const name = (executor: ExecutorKey): string => executorTitle(executor);
