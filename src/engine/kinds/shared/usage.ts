import type { ContenderMemory, Throttled } from '../../../contract';
import { readProcessMemory } from '../../metrics/memory/process-memory';
import { cpuTimesReader, type CoreTimes } from '../../metrics/tick/cpu-times';
import { createProcFiles } from '../../metrics/tick/proc-files';
import { createOffThreadReader } from '../../metrics/tick/off-thread';
import { createWorkerUseReader, type WorkerTick } from '../../metrics/tick/worker-use';
import { throttledBetween, throttlingReader } from '../../system/throttling';
import { watched } from './watched';
import type { Used } from './coverage';
import type { NodeExecutor } from './staffing';
import { coreTimesBetween } from '../../metrics/tick/cpu-times';

/** What workers used and waited for over some time, ms; null where the system does not tell. */
export interface Use extends Used {
  runQueueMs: number | null;
  /** Of Coreloom's engine, which hands out the tasks. */
  engineCpuMs: number | null;
  /** What the task threads used of each core, by its number, ms: an estimate where they moved. */
  onCores: ReadonlyMap<number, number> | null;
}

export const NOT_KNOWN: Use = {
  cpuMs: null,
  offThreadCpuMs: null,
  runQueueMs: null,
  engineCpuMs: null,
  onCores: null,
};

/** Reads what workers use around a pass: from the kernel itself, as the sampler's ticks are too coarse for a round. */
export interface UsageReader {
  /** Begins to count; answers how to end it. */
  begin(executor: NodeExecutor): () => Use;
  /** Begins to count the times of each core, used by any program; returns what ends it. */
  beginCores(): () => CoreTimes[];
  /** Begins to count what a quota of CPU time does; answers how to end it. */
  beginQuota(): () => Throttled | null;
  /** Memory of all workers together; `hostBeforeBytes` is what this process held before it had them. */
  memory(executor: NodeExecutor, hostBeforeBytes: number): ContenderMemory | null;
  close(): void;
}

const sum = (values: readonly (number | null)[]): number | null =>
  values.length === 0 || values.includes(null)
    ? null
    : values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** As a tick of the sampler places them; null where CPU time or the core of one of them is not known. */
function onCores(ticks: readonly WorkerTick[]): ReadonlyMap<number, number> | null {
  const used = new Map<number, number>();
  const add = (core: number, ms: number): void => void used.set(core, (used.get(core) ?? 0) + ms);
  for (const { cpuMs, fromCore, core } of ticks) {
    const to = core ?? fromCore;
    if (cpuMs === null || to === null) return null;
    add(fromCore ?? to, cpuMs / 2);
    add(to, cpuMs / 2);
  }
  return used;
}

/** `starts`: tasks may start processes. */
export function createUsageReader({ starts }: { starts: boolean }): UsageReader {
  const files = createProcFiles();
  const reader = createWorkerUseReader(files);
  const offThread = createOffThreadReader({ files, threads: reader, engine: process.pid, exact: true });
  const readQuotas = throttlingReader();
  const readCores = cpuTimesReader((path) => files.read(path));
  return {
    begin(executor) {
      for (const workers of [[], watched([executor], { starts })]) {
        reader.watch(workers);
        offThread.watch(workers);
      }
      return () => {
        const ticks = reader.read();
        const { byExecutor, engineMs } = offThread.read();
        return {
          cpuMs: sum(ticks.map((tick) => tick.cpuMs)),
          offThreadCpuMs: byExecutor[executor.name] ?? null,
          engineCpuMs: engineMs,
          runQueueMs: sum(ticks.map((tick) => tick.runQueueMs)),
          onCores: onCores(ticks),
        };
      };
    },
    beginCores() {
      const before = readCores();
      return () => coreTimesBetween(before, readCores());
    },
    beginQuota() {
      const before = readQuotas();
      return () => throttledBetween(before, readQuotas());
    },
    memory(executor, hostBeforeBytes) {
      const pids = [...new Set(executor.status().workers.map((worker) => worker.pid))];
      if (pids.length === 0) return null;
      if (pids.includes(process.pid))
        return { residentBytes: Math.max(0, process.memoryUsage.rss() - hostBeforeBytes), proportionalBytes: null };
      const each = pids.map((pid) => (process.platform === 'linux' ? readProcessMemory(files, pid) : null));
      const residentBytes = sum(each.map((memory) => memory?.residentBytes ?? null));
      if (residentBytes === null) return null;
      return { residentBytes, proportionalBytes: sum(each.map((memory) => memory?.proportionalBytes ?? null)) };
    },
    close: () => {
      files.close();
    },
  };
}
