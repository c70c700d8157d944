import type { ObserverReport, Sample } from '../../../contract';

/** A tick that comes later than half of the sampler's 100 ms is late: from there on the next one is left out. */
const LATE_MS = 50;

/** In less time the first sample may not have come. */
const LEAST_MS = 1_000;

/** Adds up what looking cost during a run. */
export interface ObserverMeter {
  sampled(sample: Sample): void;
  /** `threadsCpuMs`: CPU time of worker threads that live in this process, which is not the observer's. */
  report(sampledMs: number, threadsCpuMs: number | null): ObserverReport;
  /** What is to be said first of an experiment of that length without a single sample; else null. */
  unsampled(elapsedMs: number): string | null;
}

export function createObserverMeter(cpuUsage: () => NodeJS.CpuUsage = process.cpuUsage): ObserverMeter {
  const before = cpuUsage();
  let samplerCpuMs = 0;
  let samples = 0;
  let lateSamples = 0;
  let maxLateMs = 0;
  return {
    sampled(sample) {
      samples++;
      samplerCpuMs += sample.observer.cpuMs;
      if (sample.observer.lateMs > LATE_MS) lateSamples++;
      maxLateMs = Math.max(maxLateMs, sample.observer.lateMs);
    },
    unsampled: (elapsedMs) =>
      samples > 0 || elapsedMs < LEAST_MS ? null : `No sample came in ${(elapsedMs / 1e3).toFixed(1)} s: what looking cost is not known, nor what else used the cores.`,
    report(sampledMs, threadsCpuMs) {
      const now = cpuUsage();
      const processMs = (now.user - before.user + now.system - before.system) / 1e3;
      return {
        samplerCpuMs: samples > 0 ? samplerCpuMs : null,
        samplerShare: samples > 0 && sampledMs > 0 ? samplerCpuMs / sampledMs : null,
        engineCpuMs: threadsCpuMs === null ? null : Math.max(0, processMs - threadsCpuMs),
        samples,
        lateSamples,
        maxLateMs,
      };
    },
  };
}
