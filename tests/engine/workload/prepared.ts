import { findWorkload, workloads } from '../../../src/engine/workload/registry';
import { resolveWorkloadSettings } from '../../../src/engine/workload/settings';
import type { PreparedValues, TaskInput } from '../../../src/engine/workload/workload';
import { ENTRIES } from '../../support/paths';

/** Settings that make tests quick; the reference implementation knows them too. */
const SMALL: Record<string, Record<string, number>> = {
  http: { delayMs: 0, bodyBytes: 1_000 },
  'fetch-and-hash': { cpuShare: 1 },
  scan: { arrayMiB: 1 },
};

/** Every workload as a run prepares it. */
export interface PreparedWorkloads {
  taskOf(workload: string, size: number, seed: number): TaskInput;
  /** A task of the smallest size. */
  smallTask(workload: string, seed: number): TaskInput;
  stop(): Promise<void>;
}

export async function prepareWorkloads(): Promise<PreparedWorkloads> {
  const stops: (() => Promise<void>)[] = [];
  const ready = new Map<string, { settings: Record<string, number>; prepared: PreparedValues }>();
  for (const workload of workloads) {
    const settings = resolveWorkloadSettings(workload, SMALL[workload.info.name] ?? {});
    const made = await workload.prepare?.({ settings, entries: ENTRIES, signal: new AbortController().signal });
    if (made) stops.push(() => made.stop());
    ready.set(workload.info.name, { settings, prepared: made?.values ?? {} });
  }
  const taskOf = (workload: string, size: number, seed: number): TaskInput => ({
    workload,
    size,
    seed,
    ...ready.get(workload),
  });
  return {
    taskOf,
    smallTask: (workload, seed) => taskOf(workload, Math.max(1, findWorkload(workload).info.size.min), seed),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
