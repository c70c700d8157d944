import { duration, NONE, number, plural, times, withInterval, type Unit } from './figures';
import type {
  CompareEnd,
  CompareReport,
  ContenderReport,
  PairReport,
  ScorecardRow,
  TimeParts,
  Estimate,
  WorkerRange,
  ReportSummary,
  LawFit,
  ScaleCurve,
  ScaleEnd,
  RaceMethod,
  Holds,
} from './schemas';
import {
  executorTitle,
  languageFacts,
  languageOf,
  workerTitle,
  type ContenderKey,
  type ExecutorKey,
} from './executors';
import { keptCount, THREAD_HOSTS, type StartUps, type ThreadHost } from './worker';
import { kindFacts } from './kinds';
import type { RunOutcome, IpcWay, LabName } from './names';

// Names that reports, screens and the command share: one thing is called one way everywhere.

/** Workers of an executor: `1 process`, and where their number changed `1–6 threads`. */
export function workersBetween({ fewest, most }: WorkerRange, executor: ExecutorKey): string {
  return fewest === most
    ? plural(most, workerTitle(executor), executorTitle(executor))
    : `${number(fewest)}–${number(most)} ${executorTitle(executor)}`;
}

/** Where threads of Node were, as a reader knows it. */
export const THREAD_HOST_WORDS: Record<ThreadHost, string> = {
  engine: 'in Coreloom’s own process',
  'own-process': 'in a separate process',
};

/** Where the threads of each were, one sentence for each place; none where nobody had threads of Node, or it is not known. */
export function threadHostSentences(all: readonly { title: string; threadHost: ThreadHost | null }[]): string[] {
  return THREAD_HOSTS.flatMap((host) => {
    const titles = all.flatMap(({ title, threadHost }) => (threadHost === host ? [title] : []));
    return titles.length === 0 ? [] : [`Ran ${THREAD_HOST_WORDS[host]}: ${titles.join(', ')}`];
  });
}

/** What is said of a thread that was kept in place of its start-up. */
export const KEPT_WORDS = 'kept from the run before: no start-up in this run';

/** How long workers took to start, the median of those that started in this run. */
export function startUpWords({ startUpMs, workers }: StartUps): string {
  const kept = keptCount(workers);
  if (kept === 0) return duration(startUpMs);
  return startUpMs === null
    ? KEPT_WORDS
    : `${duration(startUpMs)}, of ${number(workers.length - kept)} that started in this run`;
}

/** Contenders that others are held against; without one worker of a language there is none. */
export function baselinesOf(contenders: readonly Pick<ContenderReport, 'speedUp'>[]): Set<ContenderKey> {
  return new Set(contenders.flatMap(({ speedUp }) => (speedUp ? [speedUp.against] : [])));
}

/** How many times as fast as one worker of its language a contender is, or why that is not told. */
export function speedUpWords(
  { contender, speedUp, makespanMs }: Pick<ContenderReport, 'contender' | 'speedUp' | 'makespanMs'>,
  contenders: readonly Pick<ContenderReport, 'contender' | 'makespanMs'>[],
): string {
  const { baseline } = languageFacts(languageOf(contender));
  if (speedUp) return times(speedUp);
  if (!makespanMs) return NONE;
  if (contender === baseline) return 'the reference: one worker';
  return contenders.some((one) => one.contender === baseline && one.makespanMs !== null)
    ? 'not claimed: speeds changed meanwhile'
    : 'no reference: one worker was not measured';
}

/** The parts of a life in their order. */
export const TIME_PARTS: readonly { key: Exclude<keyof TimeParts, 'wholeMs'>; title: string }[] = [
  { key: 'spawnMs', title: 'Start-up' },
  { key: 'firstTaskMs', title: 'First task' },
  { key: 'computeMs', title: 'Compute' },
  { key: 'serializeMs', title: 'Serialize' },
  { key: 'transferMs', title: 'Transfer' },
  { key: 'waitingMs', title: 'Waiting' },
  { key: 'teardownMs', title: 'Teardown' },
];

/** What ended the rounds of a comparison: ratios are settled once their intervals are narrow enough; older reports held all to 2.5 %. */
export function compareEnd({ ended, differences }: Pick<CompareReport, 'ended' | 'differences'>): string {
  const enough = isBootstrapped(differences) ? 'within 2.5 %' : 'settled';
  const ends: Record<CompareEnd, string> = {
    stable: `until every ratio was ${enough}`,
    'rounds-done': 'as requested',
    'round-limit': `the limit, with at least one ratio not ${enough}`,
    'time-limit': `until the time limit, with at least one ratio not ${enough}`,
    stopped: 'stopped early',
    failed: 'ended by a failure',
  };
  return ends[ended];
}

/** When a ratio is settled. */
export const SETTLED_WORDS =
  'its 95 % interval is within 2.5 %, or within 15 % of a difference that was called, but at most 5 %';

/** Whether the intervals of a comparison are those of older reports, which did not hold at every look. */
export function isBootstrapped(differences: CompareReport['differences']): boolean {
  return differences.some(({ callConfidence }) => callConfidence === undefined);
}

/** The ratio of a pair, unless none is claimed. */
export function claimedRatio({ verdict, ratio }: Pick<PairReport, 'verdict' | 'ratio'>): PairReport['ratio'] | null {
  return verdict === 'unsteady' ? null : ratio;
}

/** The confidence of the interval that the verdict on a pair goes by: `99.7 %`. */
export function callConfidenceWords(pair: Pick<PairReport, 'callConfidence'> | undefined): string {
  return `${number(Math.round((pair?.callConfidence ?? 0.99) * 1000) / 10)} %`;
}

/** What a pair of contenders came to. */
export const PAIR_VERDICTS: Record<PairReport['verdict'], string> = {
  faster: 'faster',
  slower: 'slower',
  'no-difference': 'not told apart',
  'too-few-rounds': 'too few rounds for a result',
  unsteady: 'no result: speeds changed meanwhile',
};

/** The laws of scaling. */
export const LAW_TITLES: Record<LawFit['law'], string> = { amdahl: 'Amdahl', usl: 'Universal' };

/** Why no number of workers is recommended on an executor. */
export function noRecommendation({ crowded, points }: Pick<ScaleCurve, 'crowded' | 'points'>): string {
  if (crowded)
    return 'Workers waited for a core although there was one for each; what used the cores is unknown. Measure again when the machine is idle.';
  return points.length < 2
    ? 'Too few worker counts were measured to recommend one.'
    : 'The intervals are too wide to recommend a number of workers.';
}

/** What the parts of a contender's time are: of one life, or of several. */
export function livesWords(contenders: readonly Pick<ContenderReport, 'lives'>[]): string {
  const most = Math.max(1, ...contenders.map(({ lives }) => lives?.count ?? 1));
  return most === 1 ? 'one cold run of each' : `means of ${most} cold runs of each`;
}

/** How many tasks failed, of all that ended. */
export function failedSentence({ done, failed }: { done: number; failed: number }): string {
  return `${number(failed)} of ${plural(done + failed, 'task')} failed.`;
}

/** The beginning of a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Of the CPU time of some workers, the share that was used off the threads that run their tasks, 0 to 1; null where it is not known, or nothing was used. */
export function offThreadShare({
  cpuMs,
  offThreadCpuMs,
}: {
  cpuMs: number | null;
  offThreadCpuMs: number | null;
}): number | null {
  const wholeMs = (cpuMs ?? 0) + (offThreadCpuMs ?? 0);
  return offThreadCpuMs === null || wholeMs === 0 ? null : offThreadCpuMs / wholeMs;
}

/** Cores that were used off those threads, which is a part of cores busy; 0 where that is not known. */
export function offThreadCores(used: Parameters<typeof offThreadShare>[0] & { coresBusy: number | null }): number {
  return (used.coresBusy ?? 0) * (offThreadShare(used) ?? 0);
}

/** A part of a contender's lives, or the whole of them, ms: the mean with its interval, where more than one life tells it; null where it is not known. */
export function partEstimate(
  { parts, lives }: Pick<ContenderReport, 'parts' | 'lives'>,
  key: keyof TimeParts,
): (Pick<Estimate, 'value'> & { interval: { low: number; high: number } | null }) | null {
  const value = parts?.[key] ?? null;
  return value === null ? null : { value, interval: lives?.intervals?.[key] ?? null };
}

/** The same in words. */
export function partWords(part: { value: number; interval: { low: number; high: number } | null }, unit: Unit): string {
  return part.interval === null ? unit(part.value) : withInterval({ value: part.value, ...part.interval }, unit);
}

/** What ended the rounds of a scaling experiment. */
export const SCALE_ENDS: Record<ScaleEnd, string> = {
  narrow: 'until every interval was within 2.5 %',
  'rounds-done': 'as requested',
  'round-limit': 'the limit, with at least one interval not within 2.5 %',
  'time-limit': 'until the time limit, with at least one interval not within 2.5 %',
  stopped: 'stopped early',
  failed: 'ended by a failure',
};

/** Labs by what they look at. */
export const LAB_TITLES: Record<LabName, string> = {
  ipc: 'Hand-over (IPC)',
  race: 'Races',
  memory: 'Memory',
  startup: 'Start-up',
};

/** Ways for bytes to reach another worker. */
export const IPC_WAY_TITLES: Record<IpcWay, string> = {
  clone: 'structured clone',
  transfer: 'transferred ArrayBuffer',
  shared: 'SharedArrayBuffer',
  'fork-json': 'fork (JSON)',
  'fork-advanced': 'fork (advanced)',
  'python-thread-queue': 'Python queue.Queue',
  'python-queue': 'Python Queue',
  'python-pipe': 'Python Pipe',
  'python-shared': 'Python shared_memory',
};

/** How workers increment one counter. */
export const RACE_METHOD_TITLES: Record<RaceMethod, string> = {
  unlocked: 'unlocked',
  atomics: 'Atomics',
  lock: 'a lock',
  separate: 'separate counters',
};

/** Outcomes, as lists and status lines say them. */
export const OUTCOME_TITLES: Record<RunOutcome, string> = {
  completed: 'completed',
  'tasks-failed': 'tasks failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  failed: 'failed',
};

/** Says of a report that its experiment was killed, and where it is. */
export function recoveredWords({
  id,
  kind,
  subject,
  elapsedMs,
}: Pick<ReportSummary, 'id' | 'kind' | 'subject' | 'elapsedMs'>): string {
  return `A ${kindFacts(kind).noun} (${subject}) was interrupted: what it measured in its first ${duration(elapsedMs)} is saved as ${id}.`;
}

/** Whether a claim holds. */
export const HOLDS_TITLES: Record<Holds, string> = { yes: 'yes', no: 'no', 'not-shown': 'not shown' };

/** Whether a claim holds in one language; of a language that it does not speak of, figures stand beside it for comparison. */
export function holdsIn({ of }: Pick<ScorecardRow, 'of'>, { language, holds }: ScorecardRow['judged'][number]): string {
  return of === 'both' || of === language ? HOLDS_TITLES[holds] : 'not claimed';
}

/** How long handing over a task takes, as a share of the task; null where one of both is not known. */
export function handOverShare({ handOverUs, running }: Pick<ContenderReport, 'handOverUs' | 'running'>): number | null {
  return handOverUs === null || running === null || running.meanMs <= 0 ? null : handOverUs / 1000 / running.meanMs;
}
