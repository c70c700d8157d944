import { busyClock, type ClockFall, type ClockReport, type Sample } from '../../../contract';
import { median, quantile } from '../../statistics/summary';

/** Keeps the clock of busy cores over a run, and tells whether it fell. */
export interface ClockRecord {
  sampled(sample: Sample): void;
  /** Books the running time of a task that is done, ms. */
  task(ms: number): void;
  /** Times are told since the start, which is given on the monotonic clock, ms; null without a reading of busy cores. */
  report(startedMs: number): ClockReport | null;
}

interface Reading {
  atMs: number;
  mhz: number;
  cores: ReadonlyMap<number, number>;
  tasks: number;
  tasksMs: number;
}

/** Readings kept at most, one a second; beyond, every second one is left out, then three of four, … */
const MOST_READINGS = 1200;
/** Fewer on one side say nothing: that five of ten are the five lowest, in order, comes by chance once in 252. */
const LEAST_READINGS = 5;
/** What is written with one decimal of a GHz has not fallen where that does not change. */
const WRITTEN_MHZ = 100;

/** An empty record. */
export function createClockRecord(): ClockRecord {
  const follow = busyClock();
  let readings: Reading[] = [];
  let [stride, skipped] = [1, 0];
  let since = { tasks: 0, tasksMs: 0 };
  let told: { of: number; fell: ClockFall | null } = { of: -1, fell: null };
  return {
    sampled(sample) {
      const busy = follow(sample);
      if (busy === null || ++skipped < stride) return;
      skipped = 0;
      const { atMs, mhz } = busy;
      readings.push({ atMs, mhz, cores: new Map(busy.cores.map((one) => [one.core, one.mhz])), ...since });
      since = { tasks: 0, tasksMs: 0 };
      if (readings.length < MOST_READINGS) return;
      readings = halved(readings);
      stride *= 2;
    },
    task(ms) {
      since = { tasks: since.tasks + 1, tasksMs: since.tasksMs + ms };
    },
    report(startedMs) {
      const newest = readings.at(-1);
      if (newest === undefined) return null;
      if (told.of !== newest.atMs) told = { of: newest.atMs, fell: fallIn(readings, startedMs) };
      const each = readings.map(({ mhz }) => mhz);
      return {
        meanMhz: Math.round(each.reduce((sum, mhz) => sum + mhz, 0) / each.length),
        lowestMhz: Math.round(each.reduce((least, mhz) => Math.min(least, mhz))),
        highestMhz: Math.round(each.reduce((most, mhz) => Math.max(most, mhz))),
        fell: told.fell,
      };
    },
  };
}

function halved(readings: readonly Reading[]): Reading[] {
  return readings.flatMap((one, at) => {
    const next = readings[at + 1];
    if (at % 2 === 1) return [];
    return next === undefined
      ? [one]
      : [{ ...next, tasks: one.tasks + next.tasks, tasksMs: one.tasksMs + next.tasksMs }];
  });
}

/**
 * The one time at which the clock fell, if it did: where the readings part best into two (least squares, as for a single
 * change point), by more than nine tenths of them varied before, with nine tenths of the later ones under nearly all before.
 */
function fallIn(readings: readonly Reading[], startedMs: number): ClockFall | null {
  const levels = relative(readings);
  const at = parting(levels);
  if (at === null) return null;
  const [before, after] = [levels.slice(0, at), levels.slice(at)];
  const [low, high] = [quantile(before, 0.05), quantile(before, 0.95)];
  if (median(before) - median(after) <= high - low || quantile(after, 0.9) >= low) return null;
  const mhz = ofSameCores(readings.slice(0, at), readings.slice(at));
  if (mhz === null || mhz.from - mhz.to < WRITTEN_MHZ) return null;
  return {
    fromMhz: Math.round(mhz.from),
    toMhz: Math.round(mhz.to),
    afterMs: Math.max(0, Math.round((readings[at - 1]?.atMs ?? startedMs) - startedMs)),
    taskMs: taskLengths(readings.slice(0, at), readings.slice(at)),
  };
}

/** Each reading as a share of what its cores have on average: where work moves to slower cores, no clock has changed. */
function relative(readings: readonly Reading[]): number[] {
  const sums = new Map<number, { mhz: number; count: number }>();
  for (const { cores } of readings) {
    for (const [core, mhz] of cores) {
      const sum = sums.get(core) ?? { mhz: 0, count: 0 };
      sums.set(core, { mhz: sum.mhz + mhz, count: sum.count + 1 });
    }
  }
  return readings.map(({ cores }) => {
    const shares = [...cores].map(([core, mhz]) => {
      const { mhz: total, count } = sums.get(core) ?? { mhz, count: 1 };
      return (mhz * count) / total;
    });
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  });
}

function parting(levels: readonly number[]): number | null {
  const total = levels.reduce((sum, level) => sum + level, 0);
  let best: { at: number; gain: number } | null = null;
  let before = 0;
  for (const [index, level] of levels.entries()) {
    before += level;
    const at = index + 1;
    const rest = levels.length - at;
    if (at < LEAST_READINGS || rest < LEAST_READINGS) continue;
    const drop = before / at - (total - before) / rest;
    const gain = (at * rest * drop * drop) / levels.length;
    if (drop > 0 && gain > (best?.gain ?? 0)) best = { at, gain };
  }
  return best?.at ?? null;
}

/** Medians of the cores that were busy on both sides, each core as much as it has readings on the side with fewer. */
function ofSameCores(before: readonly Reading[], after: readonly Reading[]): { from: number; to: number } | null {
  const of = (side: readonly Reading[], core: number): number[] => side.flatMap(({ cores }) => cores.get(core) ?? []);
  const known = [...new Set(before.flatMap(({ cores }) => [...cores.keys()]))].flatMap((core) => {
    const [first, last] = [of(before, core), of(after, core)];
    const weight = Math.min(first.length, last.length);
    return weight === 0 ? [] : [{ weight, from: median(first), to: median(last) }];
  });
  const whole = known.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return null;
  const mean = (pick: (core: (typeof known)[number]) => number): number =>
    known.reduce((sum, core) => sum + core.weight * pick(core), 0) / whole;
  return { from: mean(({ from }) => from), to: mean(({ to }) => to) };
}

function taskLengths(before: readonly Reading[], after: readonly Reading[]): ClockFall['taskMs'] {
  const mean = (side: readonly Reading[]): number | null => {
    const tasks = side.reduce((sum, one) => sum + one.tasks, 0);
    return tasks === 0 ? null : side.reduce((sum, one) => sum + one.tasksMs, 0) / tasks;
  };
  const [first, last] = [mean(before), mean(after)];
  return first === null || last === null ? null : { before: first, after: last };
}
