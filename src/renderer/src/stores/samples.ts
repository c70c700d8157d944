import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ByExecutor, ExecutorMemory, ExecutorName, Sample } from '../../../contract';
import { createCoreHistory, type CoreSlice } from '../charts/core-history';
import { createWorkerShares } from '../charts/worker-shares';

/** What is drawn of the machine: swapped once a frame. */
export interface SampleFrame {
  /** Goes up with every swap. */
  revision: number;
  newest: Sample | null;
}

/** What is written of the machine: swapped twice a second, so that figures can be read. */
export interface SampleFigures {
  /** Utilization over the last second. */
  now: CoreSlice | null;
  /** What each executor's workers added when it last had any, and when that was. */
  memory: ByExecutor<{ atMs: number; added: ExecutorMemory }>;
  /** CPU time of the sampler as a share of one core over the last 10 s. */
  observerShare: number | null;
  late: { late: number; of: number };
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
const NOTHING: SampleFigures = { now: null, memory: {}, observerShare: null, late: { late: 0, of: 0 } };

/** The samples of the last minute. Rings are written as samples come; the screen is told once a frame. */
export const useSamples = defineStore('samples', () => {
  const frame = shallowRef<SampleFrame>({ revision: 0, newest: null });
  const figures = shallowRef<SampleFigures>(NOTHING);
  const history = createCoreHistory();
  const shares = createWorkerShares();
  let observations: Observation[] = [];
  let newest: Sample | null = null;
  let memory: SampleFigures['memory'] = {};
  let figuresAtMs = Number.NEGATIVE_INFINITY;

  function observerShare(): number | null {
    const since = (newest?.atMs ?? 0) - OBSERVER_WINDOW_MS;
    const recent = observations.filter((one) => one.atMs > since);
    const time = recent.reduce((total, one) => total + one.intervalMs, 0);
    return time >= LEAST_OBSERVED_MS ? recent.reduce((total, one) => total + one.cpuMs, 0) / time : null;
  }

  function noteMemory(sample: Sample): void {
    for (const [executor, added] of Object.entries(sample.memory?.byExecutor ?? {})) {
      if (added.workers > 0) memory = { ...memory, [executor as ExecutorName]: { atMs: sample.atMs, added } };
    }
  }

  /** Takes one sample; false for a stale one, which is dropped. */
  function add(sample: Sample): boolean {
    if (!history.push(sample)) return false;
    newest = sample;
    noteMemory(sample);
    shares.push(sample);
    const { cpuMs, lateMs } = sample.observer;
    observations.push({ atMs: sample.atMs, intervalMs: sample.intervalMs, cpuMs, late: lateMs > sample.intervalMs / 2 });
    while (observations[0] && observations[0].atMs <= sample.atMs - LATE_WINDOW_MS) observations.shift();
    return true;
  }

  /** Starts anew from the state of the engine. */
  function load(samples: readonly Sample[]): void {
    history.clear();
    shares.clear();
    observations = [];
    newest = null;
    memory = {};
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
      memory,
      observerShare: observerShare(),
      late: { late: observations.filter((one) => one.late).length, of: observations.length },
    };
  }

  return { frame, figures, history, shares, load, add, publish };
});
