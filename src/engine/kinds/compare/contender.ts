import {
  executorFacts,
  isExecutorKey,
  languageFacts,
  languageOf,
  type ContenderMemory,
  type ContenderKey,
  type ErrorInfo,
  type ExecutorKey,
  type LockProgress,
  type ResolvedCompareSettings,
  type TaskCounts,
  type TimeParts,
} from '../../../contract';
import { createHistogram, type Histogram } from '../../statistics/histogram';
import { addCounts, noCounts } from '../shared/counts';
import type { NodeExecutor } from '../shared/staffing';
import type { RoundFigures } from './pass';

/** One who takes part, with everything that was measured of it. */
export interface Contender {
  readonly name: ContenderKey;
  readonly executor: NodeExecutor;
  readonly workers: number;
  failure: ErrorInfo | null;
  /** By number of the round; a contender that left has none for later ones. */
  readonly rounds: Map<number, RoundFigures>;
  readonly running: Histogram;
  readonly waiting: Histogram;
  counts: TaskCounts;
  startUpsMs: number[];
  handOversUs: number[];
  /** What starting its workers took, and what its list takes, ms: what estimates go by; null before it is known. */
  startMs: number | null;
  listMs: number | null;
  memory: ContenderMemory | null;
  lock: LockProgress['lock'] | null;
  lives: TimeParts[];
}

/** The baseline of a contender's language; itself for a baseline. */
export function baselineOf(name: ContenderKey): ContenderKey {
  return languageFacts(languageOf(name)).baseline;
}

/** Who takes part, in the order of the settings; a baseline that is no executor before the first of its language. */
export function contendersOf(settings: ResolvedCompareSettings, executors: readonly NodeExecutor[]): Contender[] {
  const found = (name: ExecutorKey): NodeExecutor | undefined => executors.find((executor) => executor.name === name);
  const list: Contender[] = [];
  for (const name of settings.executors) {
    const executor = found(name);
    if (executor === undefined) continue;
    const baseline = baselineOf(name);
    // One thread of an interpreter: nothing of it runs beside anything else.
    const starter = isExecutorKey(baseline) ? undefined : found(languageFacts(languageOf(name)).startedBy);
    if (starter && !list.some((one) => one.name === baseline)) list.push(contender(baseline, starter, 1));
    list.push(contender(name, executor, executorFacts(name).single ? 1 : settings.workers));
  }
  return list;
}

function contender(name: ContenderKey, executor: NodeExecutor, workers: number): Contender {
  return {
    name,
    executor,
    workers,
    failure: null,
    rounds: new Map(),
    running: createHistogram(),
    waiting: createHistogram(),
    counts: noCounts(),
    startUpsMs: [],
    handOversUs: [],
    startMs: null,
    listMs: null,
    memory: null,
    lock: null,
    lives: [],
  };
}

/** Books what a round of a contender gave. */
export function addRound(contender: Contender, number: number, round: RoundFigures): void {
  contender.rounds.set(number, round);
  contender.listMs = round.makespanMs;
  contender.counts = addCounts([contender.counts, round.counts]);
}

/** What contenders are held against each other by. */
export interface Raced {
  readonly rounds: ReadonlyMap<number, Pick<RoundFigures, 'makespanMs'>>;
}

/** Numbers of the rounds that all of these contenders have, in their order. */
export function commonRounds(contenders: readonly Raced[]): number[] {
  const [first, ...others] = contenders;
  return [...(first?.rounds.keys() ?? [])]
    .filter((round) => others.every((other) => other.rounds.has(round)))
    .sort((a, b) => a - b);
}

/** The makespans of a contender in these rounds. */
export function makespansIn({ rounds }: Raced, numbers: readonly number[]): number[] {
  return numbers.map((round) => rounds.get(round)?.makespanMs ?? 0);
}
