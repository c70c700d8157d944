import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import {
  entriesOf,
  type Apart,
  type ByExecutor,
  type CoreSource,
  type CrossCheck,
  type ExecutorMemory,
  type Sample,
} from '../../../contract';
import { createCheckHistory } from '../charts/check-history';
import { createClockHistory, type ClockReading, type CoreClock } from '../charts/clock-history';
import { createCoreHistory, type CoreSlice } from '../charts/core-history';
import { createWorkerShares } from '../charts/worker-shares';

/** What is drawn of the machine: swapped once a frame. */
export interface SampleFrame {
  /** Goes up with every swap. */
  revision: number;
  newest: Sample | null;
}

/** systeminformation beside the kernel. */
export interface SecondSource {
  /** Its newest reading, where that is of now. */
  newest: CrossCheck | null;
  /** How far the two were apart over the last minute. */
  apart: Apart | null;
  /** For how long it has said nothing, ms; null while it is not missed. */
  silentMs: number | null;
  /** Whether it has ever said anything. */
  heard: boolean;
}

/** What is written of the machine: swapped twice a second, so that figures can be read. */
export interface SampleFigures {
  /** Utilization over the last second. */
  now: CoreSlice | null;
  second: SecondSource;
  /** The clock of each core by its number, as last read. */
  clocks: ReadonlyMap<number, CoreClock>;
  /** The newest reading of clock and temperature; null before the first, or where they are not available here. */
  clock: ClockReading | null;
  /** For how long samples have come, ms. */
  watchedMs: number;
  /** What each executor's workers added when it last had any, and when that was. */
  memory: ByExecutor<{ atMs: number; added: ExecutorMemory }>;
  /** CPU time of the sampler as a share of one core over the last 10 s. */
  observerShare: number | null;
  /** What this window costs beside it, of one core; null where its host cannot tell. */
  pageShare: number | null;
  late: { late: number; of: number };
  /** Length of the newest ticks, ms. */
  tickMs: number | null;
}

interface Observation {
  atMs: number;
  intervalMs: number;
  cpuMs: number;
  late: boolean;
}

const FIGURES_EVERY_MS = 500;
const OBSERVER_WINDOW_MS = 10_000;
/** The start of the sampler, which reads what never changes, is not its price: under this much time nothing is said. */
const LEAST_OBSERVED_MS = 2000;
const LATE_WINDOW_MS = 60_000;
/** A reading comes a second and a tick after the one before: after this much time it is missed. */
const MISSED_MS = 5_000;
const NO_READING: SecondSource = { newest: null, apart: null, silentMs: null, heard: false };
const NOTHING: SampleFigures = {
  now: null,
  second: NO_READING,
  clocks: new Map(),
  clock: null,
  watchedMs: 0,
  memory: {},
  observerShare: null,
  pageShare: null,
  late: { late: 0, of: 0 },
  tickMs: null,
};

/** The samples of the last minute. Rings are written as samples come; the screen is told once a frame. */
export const useSamples = defineStore('samples', () => {
  const frame = shallowRef<SampleFrame>({ revision: 0, newest: null });
  const figures = shallowRef<SampleFigures>(NOTHING);
  const history = createCoreHistory();
  const checks = createCheckHistory();
  const clocks = createClockHistory();
  const shares = createWorkerShares();
  /** Whose utilization the cores are drawn from; chosen on the card. */
  const source = ref<CoreSource>('both');
  /** What a heat map of many cores shows; chosen on the card. */
  const heat = ref<'now' | 'minute'>('now');
  let firstMs: number | null = null;
  let observations: Observation[] = [];
  let newest: Sample | null = null;
  let memory: SampleFigures['memory'] = {};
  let pageShare: number | null = null;
  let figuresAtMs = Number.NEGATIVE_INFINITY;

  function observerShare(): number | null {
    const since = (newest?.atMs ?? 0) - OBSERVER_WINDOW_MS;
    const recent = observations.filter((one) => one.atMs > since);
    const time = recent.reduce((total, one) => total + one.intervalMs, 0);
    return time >= LEAST_OBSERVED_MS ? recent.reduce((total, one) => total + one.cpuMs, 0) / time : null;
  }

  function secondSource(nowMs: number): SecondSource {
    const last = checks.newest;
    const silentMs = nowMs - (last?.toMs ?? firstMs ?? nowMs);
    const missed = silentMs > MISSED_MS;
    return {
      newest: missed ? null : last,
      apart: checks.apart(),
      silentMs: missed ? silentMs : null,
      heard: last !== null,
    };
  }

  /** The median of the last few: one that came late says nothing of the rate. */
  function middleTickMs(): number | null {
    const last = observations
      .slice(-5)
      .map((one) => one.intervalMs)
      .sort((a, b) => a - b);
    return last[last.length >> 1] ?? null;
  }

  function noteMemory(sample: Sample): void {
    for (const [executor, added] of entriesOf(sample.memory?.byExecutor ?? {})) {
      if (added.workers > 0) memory = { ...memory, [executor]: { atMs: sample.atMs, added } };
    }
  }

  function notePageCost(share: number): void {
    pageShare = share;
  }

  /** Takes one sample; false for a stale one, which is dropped. */
  function add(sample: Sample): boolean {
    if (!history.push(sample)) return false;
    newest = sample;
    firstMs ??= sample.atMs;
    if (sample.crossCheck) checks.push(sample.crossCheck);
    noteMemory(sample);
    clocks.push(sample);
    shares.push(sample);
    const { cpuMs, lateMs } = sample.observer;
    observations.push({
      atMs: sample.atMs,
      intervalMs: sample.intervalMs,
      cpuMs,
      late: lateMs > sample.intervalMs / 2,
    });
    while (observations[0] && observations[0].atMs <= sample.atMs - LATE_WINDOW_MS) observations.shift();
    return true;
  }

  /** Starts over from the state of the engine. */
  function load(samples: readonly Sample[]): void {
    history.clear();
    checks.clear();
    firstMs = null;
    shares.clear();
    observations = [];
    newest = null;
    memory = {};
    clocks.clear();
    figuresAtMs = Number.NEGATIVE_INFINITY;
    for (const sample of samples) add(sample);
  }

  /** Shows what has come; called once a frame. */
  function publish(nowMs: number): void {
    if (newest === frame.value.newest) return;
    frame.value = { revision: frame.value.revision + 1, newest };
    if (newest === null || nowMs - figuresAtMs < FIGURES_EVERY_MS) return;
    figuresAtMs = nowMs;
    figures.value = {
      now: history.slice(newest.atMs - 1000, newest.atMs),
      second: secondSource(newest.atMs),
      clocks: clocks.ofCores(),
      clock: clocks.newest,
      watchedMs: newest.atMs - (firstMs ?? newest.atMs),
      memory,
      observerShare: observerShare(),
      pageShare,
      late: { late: observations.filter((one) => one.late).length, of: observations.length },
      tickMs: middleTickMs(),
    };
  }

  return { frame, figures, history, checks, clocks, shares, source, heat, load, add, notePageCost, publish };
});
