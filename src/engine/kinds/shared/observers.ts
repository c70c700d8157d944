import type { ObserverReport } from '../../../contract';

const sum = (values: readonly (number | null)[]): number | null =>
  values.some((value) => value === null) || values.length === 0
    ? null
    : values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** What looking cost over all experiments of a card. */
export function observerOf(reports: readonly { observer: ObserverReport }[], elapsedMs: number): ObserverReport {
  const all = reports.map(({ observer }) => observer);
  const samplerCpuMs = sum(all.map((one) => one.samplerCpuMs));
  return {
    samplerCpuMs,
    samplerShare: samplerCpuMs === null || elapsedMs <= 0 ? null : samplerCpuMs / elapsedMs,
    engineCpuMs: sum(all.map((one) => one.engineCpuMs)),
    samples: all.reduce((total, { samples }) => total + samples, 0),
    lateSamples: all.reduce((total, { lateSamples }) => total + lateSamples, 0),
    maxLateMs: Math.max(0, ...all.map(({ maxLateMs }) => maxLateMs)),
  };
}
