import { duration, type ObserverReport, type Sample } from '../../../contract';

/** A tick that comes later than half of the sampler's 100 ms is late: from there on the next one is left out. */
const LATE_MS = 50;

/** In less time the first sample may not have come. */
const LEAST_MS = 1_000;

/** Adds up what looking cost during a run. */
export interface ObserverMeter {
  sampled(sample: Sample): void;
  /** What is measured begins now: what came before (calibration, start-up) is no price of looking. */
  begin(): void;
  /** It ends now. */
  end(): void;
  /**
   * `alone`: no worker threads have lived in this process, so that all that it used is its own, also where samples do not say it.
   * null where threads came and went that were not followed.
   */
  report(sampledMs: number, threads: { alone: boolean } | null): ObserverReport;
  /** What is to be said first of an experiment of that length without a single sample; else null. */
  unsampled(elapsedMs: number): string | null;
}

export function createObserverMeter(cpuUsage: () => NodeJS.CpuUsage = process.cpuUsage): ObserverMeter {
  let before = cpuUsage();
  let after: NodeJS.CpuUsage | null = null;
  let samplerCpuMs = 0;
  let engineCpuMs: number | null = null;
  let samples = 0;
  let lateSamples = 0;
  let maxLateMs = 0;
  return {
    sampled(sample) {
      samples++;
      samplerCpuMs += sample.observer.cpuMs;
      if (sample.observer.engineCpuMs !== null) engineCpuMs = (engineCpuMs ?? 0) + sample.observer.engineCpuMs;
      if (sample.observer.lateMs > LATE_MS) lateSamples++;
      maxLateMs = Math.max(maxLateMs, sample.observer.lateMs);
    },
    unsampled: (elapsedMs) =>
      samples > 0 || elapsedMs < LEAST_MS
        ? null
        : `No samples were taken in ${duration(elapsedMs)}: the measurement overhead and the load from other programs are not known.`,
    begin: () => void (before = cpuUsage()),
    end: () => void (after ??= cpuUsage()),
    report(sampledMs, threads) {
      const now = after ?? cpuUsage();
      const processMs = (now.user - before.user + now.system - before.system) / 1e3;
      return {
        samplerCpuMs: samples > 0 ? samplerCpuMs : null,
        samplerShare: samples > 0 && sampledMs > 0 ? samplerCpuMs / sampledMs : null,
        engineCpuMs: threads === null ? null : (engineCpuMs ?? (threads.alone ? processMs : null)),
        samples,
        lateSamples,
        maxLateMs,
      };
    },
  };
}
