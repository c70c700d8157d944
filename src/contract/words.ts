import type { CompareEnd, ContenderReport, Estimate, PairReport, TimeParts } from './compare';
import { executorTitle, workerTitle, type ContenderName, type ExecutorName } from './executors';
import type { WorkerRange } from './worker';
import type { ReportKind, ReportSummary } from './report';
import type { RunOutcome } from './run';
import type { LawFit, ScaleCurve, ScaleEnd } from './scale';
import type { IpcWay, LabName, RaceMethod } from './lab';
import type { Holds } from './scorecard';

// Names that reports, screens and the command share: one thing is called one way everywhere.

/** So many decimals, and no sign before what rounds to nothing. */
export function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^-(?=[0.]+$)/, '');
}

const formats = new Map<number, Intl.NumberFormat>();

/**
 * A number with thousands grouped and at most so many decimals; no sign before what rounds to nothing. In a fixed
 * language: the system's own may be one that Intl refuses (a POSIX locale). Formats are made at first use: one costs
 * about 25 ms of CPU, and every worker loads this file.
 */
export function grouped(value: number, digits = 0): string {
  let format = formats.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { maximumFractionDigits: digits, signDisplay: 'negative' });
    formats.set(digits, format);
  }
  return format.format(value);
}

/** More than one of what a noun names: `workers`, `processes`. */
export function several(one: string): string {
  return one.endsWith('s') ? `${one}es` : `${one}s`;
}

/** A count with its noun, thousands grouped: `1 worker`, `12,000 tasks`, `1.5 cores`. */
export function plural(count: number, one: string, many = several(one)): string {
  return `${grouped(count, 2)} ${count === 1 ? one : many}`;
}

/** Workers of an executor: `1 process`, and where their number changed `1–6 threads`. */
export function workersBetween({ fewest, most }: WorkerRange, executor: ExecutorName): string {
  return fewest === most
    ? plural(most, workerTitle(executor), executorTitle(executor))
    : `${grouped(fewest)}–${grouped(most)} ${executorTitle(executor)}`;
}

/** Contenders that others are held against; without one worker of a language there is none. */
export function baselinesOf(contenders: readonly Pick<ContenderReport, 'speedUp'>[]): Set<ContenderName> {
  return new Set(contenders.flatMap(({ speedUp }) => (speedUp ? [speedUp.against] : [])));
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

/** What ended the rounds of a comparison. */
export const COMPARE_ENDS: Record<CompareEnd, string> = {
  stable: 'stopped there: every ratio was within 2.5 %',
  'rounds-done': 'as many as were asked for',
  'round-limit': 'the limit: a ratio was still beyond 2.5 %',
  'time-limit': 'the time limit: a ratio was still beyond 2.5 %',
  stopped: 'stopped before its end',
  failed: 'ended by a failure',
};

/** What a pair of contenders came to. */
export const PAIR_VERDICTS: Record<PairReport['verdict'], string> = {
  faster: 'faster',
  slower: 'slower',
  'no-difference': 'no difference shown',
  'too-few-rounds': 'too few rounds to say',
};

/** The laws of scaling. */
export const LAW_TITLES: Record<LawFit['law'], string> = { amdahl: 'Amdahl', usl: 'Universal' };

/** Why no number of workers is recommended on an executor. */
export function noRecommendation({ crowded, points }: Pick<ScaleCurve, 'crowded' | 'points'>): string {
  if (crowded)
    return 'Workers waited for a core though there was one for each: what had the cores was not seen. Measure again when this machine is quiet.';
  return points.length < 2
    ? 'Too few worker counts were measured to recommend one.'
    : 'The intervals are too wide to say how many workers to use.';
}

/** What the parts of a contender's time are: of one life, or of several. */
export function livesWords(contenders: readonly Pick<ContenderReport, 'lives'>[]): string {
  const most = Math.max(1, ...contenders.map(({ lives }) => lives?.count ?? 1));
  return most === 1 ? 'one whole life of each, cold' : `means of ${most} whole lives of each, cold`;
}

/** The beginning of a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Bytes that are a power of two, or as many of one, as sizes of messages and limits are: `64 B`, `16 KiB`, `100 MiB`. */
export function binarySize(size: number): string {
  if (size >= 2 ** 20) return `${grouped(size / 2 ** 20, 2)} MiB`;
  return size >= 1024 ? `${grouped(size / 1024, 2)} KiB` : `${grouped(size)} B`;
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
): (Pick<Estimate, 'value'> & { interval: Ends | null }) | null {
  const value = parts?.[key] ?? null;
  return value === null ? null : { value, interval: lives?.intervals?.[key] ?? null };
}

/** The same in words. */
export function partWords(part: { value: number; interval: Ends | null }, written: Written): string {
  return part.interval === null ? written(part.value) : withInterval({ value: part.value, ...part.interval }, written);
}

/** What ended the rounds of a scaling experiment. */
export const SCALE_ENDS: Record<ScaleEnd, string> = {
  narrow: 'stopped there: every interval was within 2.5 %',
  'rounds-done': 'as many as were asked for',
  'round-limit': 'the limit: an interval was still beyond 2.5 %',
  'time-limit': 'the time limit: an interval was still beyond 2.5 %',
  stopped: 'stopped before its end',
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
  transfer: 'transfer',
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
  separate: 'each its own',
};

/** Kinds of reports, named as the views that make them are. */
export const KIND_TITLES: Record<ReportKind, string> = {
  live: 'live',
  compare: 'compare',
  scale: 'scaling',
  lab: 'lab',
  scorecard: 'scorecard',
};

/** Outcomes, as lists and status lines say them. */
export const OUTCOME_TITLES: Record<RunOutcome, string> = {
  completed: 'completed',
  'tasks-failed': 'tasks failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  failed: 'failed',
};

/** One experiment of each kind, as part of a sentence. */
const ONE_OF: Record<ReportKind, string> = {
  live: 'A live run',
  compare: 'A comparison',
  scale: 'A scaling experiment',
  lab: 'A lab',
  scorecard: 'A scorecard',
};

/** Says of a report that its experiment was killed, and where it is. */
export function recoveredWords({
  id,
  kind,
  subject,
  elapsedMs,
}: Pick<ReportSummary, 'id' | 'kind' | 'subject' | 'elapsedMs'>): string {
  return `${ONE_OF[kind]} (${subject}) was interrupted: what it measured in its first ${(elapsedMs / 1e3).toFixed(1)} s is saved as ${id}.`;
}

/** Whether a claim holds. */
export const HOLDS_TITLES: Record<Holds, string> = { yes: 'yes', no: 'no', 'not-shown': 'not shown' };

/** How a figure is written, with its unit behind a space. */
type Written = (value: number) => string;
interface Ends {
  low: number;
  high: number;
}

/** An interval by itself: `[392, 408] ms` where both ends have that unit, else `[980 ms, 1.01 s]`. */
export function interval(ends: Ends, written: Written): string {
  const { text, unit } = bracket(ends, written);
  return `${text}${unit}`;
}

/** An interval beside the value that it is of, whose unit is not said again: `[392, 408]`. A single value has none: `–`. */
export function intervalBeside(estimate: Ends & { value: number }, written: Written): string {
  if (estimate.low === estimate.high) return '–';
  const { text, unit } = bracket(estimate, written);
  return unit === apart(written(estimate.value)).unit ? text : `${text}${unit}`;
}

/** A value with its interval, as they stand everywhere: `1.93 × [1.90, 1.96]`, `0.99 s [980 ms, 1.01 s]`. A single value, measured once, has none. */
export function withInterval(estimate: Ends & { value: number }, written: Written): string {
  if (estimate.low === estimate.high) return written(estimate.value);
  return `${written(estimate.value)} ${intervalBeside(estimate, written)}`;
}

/** A time as so many times another: `0.512 ×`, and from 1 on as factors are written: `1.93 ×`. */
export const timesOther: Written = (ratio) =>
  `${ratio < 0.1 ? Number(ratio.toPrecision(3)) : ratio.toFixed(ratio < 1 ? 3 : ratio < 10 ? 2 : ratio < 100 ? 1 : 0)} ×`;

/** Both ends, and the unit that they have in common; nothing has any. */
function bracket({ low, high }: Ends, written: Written): { text: string; unit: string } {
  const [from, to] = [apart(written(low)), apart(written(high))];
  if (from.unit !== to.unit && low !== 0) return { text: `[${written(low)}, ${written(high)}]`, unit: '' };
  return { text: `[${from.figure}, ${to.figure}]`, unit: to.unit };
}

/** `2 min 5 s` has no unit that could stand elsewhere. */
function apart(text: string): { figure: string; unit: string } {
  const [figure = '', ...rest] = text.split(' ');
  const unit = rest.map((word) => ` ${word}`).join('');
  return /\d/.test(unit) ? { figure: text, unit: '' } : { figure, unit };
}
