import { TIME_PARTS, type LivesReport, type TimeParts } from '../../../contract';
import type { Interval } from '../../statistics/bootstrap';
import { meanInterval } from '../../statistics/mean-interval';
import type { Pass, TaskStamps } from './pass';

/** The moments of a contender's life around its pass, on the one clock, ms. */
export interface Life {
  /** Workers were asked for. */
  askedMs: number;
  /** All were ready. */
  readyMs: number;
  pass: Pass;
  /** They were told to go. */
  dismissedMs: number;
  /** The last had gone. */
  goneMs: number;
}

type RunParts = Pick<TimeParts, 'firstTaskMs' | 'computeMs' | 'transferMs' | 'waitingMs'>;

/**
 * Where the time of a life went. Spawn and teardown are wall time; the time between belongs to each worker whole and is
 * cut by its own stamps, then averaged over the workers: its first task; its further tasks (compute); the ways of tasks
 * to it and of its last result back (transfer); the rest of the pass, in which there was nothing left for it (waiting).
 * `serializeMs` is taken out of transfer, which it is part of.
 */
export function timeParts(life: Life, workers: number, serializeMs: number | null): TimeParts {
  const { pass } = life;
  const each = byWorker(pass.stamps).map((stamps) => workerParts(stamps, pass));
  const idle = Math.max(0, workers - each.length) * (pass.endMs - pass.startMs);
  const mean = (pick: (parts: RunParts) => number, rest = 0): number =>
    (each.reduce((sum, parts) => sum + pick(parts), 0) + rest) / Math.max(workers, each.length);
  const transferMs = mean((parts) => parts.transferMs);
  const serialized = serializeMs === null ? null : Math.min(serializeMs, transferMs);
  return {
    wholeMs: life.goneMs - life.askedMs,
    spawnMs: life.readyMs - life.askedMs,
    firstTaskMs: mean((parts) => parts.firstTaskMs),
    computeMs: mean((parts) => parts.computeMs),
    serializeMs: serialized,
    transferMs: transferMs - (serialized ?? 0),
    waitingMs: mean((parts) => parts.waitingMs, idle),
    teardownMs: life.goneMs - life.dismissedMs,
  };
}

/** The means of several lives, part by part: they add up to the mean of the wholes. Null for none. */
export function meanParts(lives: readonly TimeParts[]): TimeParts | null {
  if (lives.length === 0) return null;
  const mean = (key: keyof TimeParts): number => lives.reduce((sum, life) => sum + (life[key] ?? 0), 0) / lives.length;
  return {
    wholeMs: mean('wholeMs'),
    spawnMs: mean('spawnMs'),
    firstTaskMs: mean('firstTaskMs'),
    computeMs: mean('computeMs'),
    serializeMs: lives.some(({ serializeMs }) => serializeMs === null) ? null : mean('serializeMs'),
    transferMs: mean('transferMs'),
    waitingMs: mean('waitingMs'),
    teardownMs: mean('teardownMs'),
  };
}

const KEYS: readonly (keyof TimeParts)[] = ['wholeMs', ...TIME_PARTS.map(({ key }) => key)];

/** What the lives behind the means were: each of them, and the intervals of the means. Null for none. */
export function livesReport(lives: readonly TimeParts[]): LivesReport | null {
  if (lives.length === 0) return null;
  const column = <K extends keyof TimeParts>(key: K): TimeParts[K][] => lives.map((life) => life[key]);
  const wholes = column('wholeMs');
  const intervals = Object.fromEntries(KEYS.map((key) => [key, intervalOf(column(key))])) as Record<
    keyof TimeParts,
    Interval | null
  >;
  const each = {
    wholeMs: wholes,
    spawnMs: column('spawnMs'),
    firstTaskMs: column('firstTaskMs'),
    computeMs: column('computeMs'),
    serializeMs: column('serializeMs'),
    transferMs: column('transferMs'),
    waitingMs: column('waitingMs'),
    teardownMs: column('teardownMs'),
  };
  return { count: lives.length, shortestMs: Math.min(...wholes), longestMs: Math.max(...wholes), each, intervals };
}

/** No time is below 0, whatever a few values that lie far apart would allow. */
function intervalOf(values: readonly (number | null)[]): Interval | null {
  const known = values.filter((value) => value !== null);
  const found = known.length < values.length ? null : meanInterval(known);
  return found === null ? null : { low: Math.max(Math.min(0, ...known), found.low), high: found.high };
}

/** What all parts add up to, ms. */
export function sumOfParts(parts: TimeParts): number {
  const { spawnMs, firstTaskMs, computeMs, serializeMs, transferMs, waitingMs, teardownMs } = parts;
  return spawnMs + firstTaskMs + computeMs + (serializeMs ?? 0) + transferMs + waitingMs + teardownMs;
}

function workerParts(stamps: readonly TaskStamps[], pass: Pass): RunParts {
  let [firstTaskMs, computeMs, transferMs, freeMs, deliveredMs] = [0, 0, 0, pass.startMs, pass.startMs];
  for (const [at, { startedMs, finishedMs, deliveredMs: inHandMs }] of stamps.entries()) {
    transferMs += startedMs - freeMs;
    if (at === 0) firstTaskMs = finishedMs - startedMs;
    else computeMs += finishedMs - startedMs;
    freeMs = finishedMs;
    deliveredMs = inHandMs;
  }
  return { firstTaskMs, computeMs, transferMs: transferMs + deliveredMs - freeMs, waitingMs: pass.endMs - deliveredMs };
}

function byWorker(stamps: readonly TaskStamps[]): TaskStamps[][] {
  const workers = new Map<number, TaskStamps[]>();
  for (const one of stamps) {
    const list = workers.get(one.worker);
    if (list) list.push(one);
    else workers.set(one.worker, [one]);
  }
  return [...workers.values()].map((list) => list.sort((a, b) => a.startedMs - b.startedMs));
}
