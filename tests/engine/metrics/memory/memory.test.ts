import { describe, expect, it } from 'vitest';
import type { ExecutorMemory } from '../../../../src/contract';
import { createBaselines } from '../../../../src/engine/metrics/memory/baselines';
import { createMemoryReader } from '../../../../src/engine/metrics/memory/memory';
import {
  parseSmapsRollup,
  parseStatusResident,
  type ProcessMemory,
} from '../../../../src/engine/metrics/memory/process-memory';
import type { WatchedWorker } from '../../../../src/engine/metrics';

const HOST = 1;
const process = (worker: number, pid: number): WatchedWorker => ({
  executor: 'processes',
  worker,
  pid,
  tid: null,
  kind: 'process',
});
const thread = (worker: number, pid = HOST): WatchedWorker => ({
  executor: 'threads',
  worker,
  pid,
  tid: 100 + worker,
  kind: 'thread',
});

function reader(memories: Map<number, ProcessMemory>) {
  const reads: number[] = [];
  const memory = createMemoryReader({
    host: HOST,
    readSystem: () => ({ totalBytes: 1000, usedBytes: 400 }),
    readProcess: (pid) => {
      reads.push(pid);
      return memories.get(pid) ?? null;
    },
  });
  /** Ticks ten times a second, and answers the last sample. */
  const run = (fromMs: number, toMs: number) => {
    let last = null;
    for (let now = fromMs; now < toMs; now += 100) last = memory.tick(now) ?? last;
    return last;
  };
  return { memory, reads, run };
}

describe('the text of a process', () => {
  it('holds resident and proportional set', () => {
    const text =
      '55d0-7ffc ---p 00000000 00:00 0    [rollup]\nRss:               50000 kB\nPss:               12000 kB\nPss_Dirty:  100 kB\n';
    expect(parseSmapsRollup(text)).toMatchObject({ residentBytes: 51_200_000, proportionalBytes: 12_288_000 });
    expect(parseSmapsRollup('')).toBeNull();
  });

  it('holds the resident set also where it is not rolled up', () => {
    expect(parseStatusResident('VmPeak:\t 9 kB\nVmRSS:\t   2048 kB\n')).toBe(2_097_152);
    expect(parseStatusResident('State: Z (zombie)\n')).toBeNull();
  });
});

describe('the memory reader', () => {
  it('samples once a second', () => {
    const { memory } = reader(new Map());
    const samples = Array.from({ length: 31 }, (_, index) => memory.tick(index * 100)).map((sample) => sample !== null);
    expect(samples.filter(Boolean)).toHaveLength(4);
  });

  it('rests two hundred times as long as a reading took, two seconds at most', () => {
    let clockMs = 0;
    let takesMs = 3;
    const reads: number[] = [];
    const memory = createMemoryReader({
      host: HOST,
      readSystem: () => ({ totalBytes: 1, usedBytes: 1 }),
      clockMs: () => clockMs,
      readProcess: () => ((clockMs += takesMs), reads.push(now), null),
    });
    let now = 0;
    memory.watch(
      Array.from({ length: 50 }, (_, index) => process(index, 10 + index)),
      0,
    );
    for (; now <= 2_000; now += 100) memory.tick(now);
    expect(reads).toEqual([0, 600, 1_200, 1_800]);
    takesMs = 900;
    reads.length = 0;
    for (; now <= 7_000; now += 100) memory.tick(now);
    expect(reads).toEqual([2_400, 4_400, 6_400]);
  });

  it('averages processes, those that it could read', () => {
    const { memory, run } = reader(
      new Map([
        [2, { residentBytes: 100, proportionalBytes: 30 }],
        [3, { residentBytes: 300, proportionalBytes: null }],
      ]),
    );
    memory.watch([process(1, 2), process(2, 3), process(3, 4)], 0);
    expect(run(0, 2100)?.byExecutor).toEqual({
      processes: { workers: 3, residentBytesPerWorker: 200, proportionalBytesPerWorker: 30 } satisfies ExecutorMemory,
    });
  });

  it('is null for processes that it could not read yet, never 0', () => {
    const { memory } = reader(new Map());
    memory.watch([process(1, 2)], 0);
    expect(memory.tick(0)?.byExecutor.processes).toEqual({
      workers: 1,
      residentBytesPerWorker: null,
      proportionalBytesPerWorker: null,
    });
  });

  it('reads one process a tick at most and each at most once a second', () => {
    const { memory, reads, run } = reader(new Map());
    memory.watch(
      Array.from({ length: 40 }, (_, index) => process(index, 10 + index)),
      0,
    );
    run(0, 5000);
    expect(reads).toHaveLength(50);
    expect(new Set(reads).size).toBe(41);
    reads.length = 0;
    memory.watch([process(1, 2)], 5000);
    run(5000, 8000);
    expect(reads.length).toBeLessThanOrEqual(6);
  });

  it('divides the growth of a host by its threads', () => {
    const memories = new Map([[HOST, { residentBytes: 1000, proportionalBytes: 900 }]]);
    const { memory, run } = reader(memories);
    run(0, 3000);
    memory.watch([thread(1), thread(2)], 3000);
    memories.set(HOST, { residentBytes: 1600, proportionalBytes: 1500 });
    expect(run(3000, 6000)?.byExecutor).toEqual({
      threads: { workers: 2, residentBytesPerWorker: 300, proportionalBytesPerWorker: null },
    });
  });

  it('does not know what threads added to a host that it never saw without them', () => {
    const { memory, run } = reader(new Map([[HOST, { residentBytes: 1600, proportionalBytes: null }]]));
    memory.watch([thread(1)], 0);
    expect(run(0, 3000)?.byExecutor.threads).toEqual({
      workers: 1,
      residentBytesPerWorker: null,
      proportionalBytesPerWorker: null,
    });
  });

  it('divides the whole of a process that is there for its threads alone', () => {
    const { memory, run } = reader(new Map([[9, { residentBytes: 1600, proportionalBytes: 1000 }]]));
    memory.watch([thread(1, 9), thread(2, 9)], 0);
    expect(run(0, 3000)?.byExecutor.threads).toEqual({
      workers: 2,
      residentBytesPerWorker: 800,
      proportionalBytesPerWorker: 500,
    });
  });

  it('is not known of a process that holds what earlier threads left, or threads that wait', () => {
    const { memory, run } = reader(new Map([[7, { residentBytes: 900, proportionalBytes: 600 }]]));
    memory.watch([thread(1, 7), { ...thread(2, 7), shared: true }], 0);
    expect(run(0, 2000)?.byExecutor.threads).toEqual({
      workers: 2,
      residentBytesPerWorker: null,
      proportionalBytesPerWorker: null,
    });
  });
});

describe('baselines', () => {
  it('do not take a reading that may hold part of the first thread', () => {
    const baselines = createBaselines();
    baselines.seen(1, 1000, 0);
    baselines.seen(1, 1400, 800);
    baselines.hosts(new Set([1]), 1000);
    expect(baselines.growth(1, 2000, 1500)).toBe(1000);
  });

  it('stay while threads come and go, and begin again once there were none', () => {
    const baselines = createBaselines();
    baselines.seen(1, 1000, 0);
    baselines.hosts(new Set([1]), 1000);
    baselines.seen(1, 5000, 1500);
    baselines.hosts(new Set([1]), 2000);
    expect(baselines.growth(1, 2000, 2500)).toBe(1000);
    baselines.hosts(new Set(), 3000);
    expect(baselines.growth(1, 2000, 3000)).toBeNull();
    baselines.seen(1, 1200, 4000);
    baselines.hosts(new Set([1]), 5000);
    expect(baselines.growth(1, 2000, 5500)).toBe(800);
  });

  it('are compared with later readings only, and never answer less than 0', () => {
    const baselines = createBaselines();
    baselines.seen(1, 1000, 0);
    baselines.hosts(new Set([1]), 1000);
    expect(baselines.growth(1, 1000, 900)).toBeNull();
    expect(baselines.growth(1, 700, 1100)).toBe(0);
  });
});
