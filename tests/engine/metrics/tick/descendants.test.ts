import { describe, expect, it } from 'vitest';
import { createDescendantsReader, type ProcessList } from '../../../../src/engine/metrics/tick/descendants';
import type { ProcessTimes } from '../../../../src/engine/metrics/tick/process-times';

/** Processes by number; `reads` says who was read. */
function processes(
  all: Record<number, ProcessTimes>,
): ProcessList & { all: Record<number, ProcessTimes>; reads: number[] } {
  const reads: number[] = [];
  return {
    all,
    reads,
    pids: () => Object.keys(all).map(Number),
    times: (pid) => {
      reads.push(pid);
      return all[pid] ?? null;
    },
  };
}

const of = (parent: number, ownMs: number, waitedForMs = 0): ProcessTimes => ({ parent, ownMs, waitedForMs });

describe('what lives beneath a process', () => {
  it('is its children and theirs, with what those have waited for, and nobody else', () => {
    const list = processes({ 1: of(0, 500), 10: of(1, 40), 11: of(10, 20, 5), 12: of(11, 100), 13: of(1, 900) });
    expect(createDescendantsReader(list)(new Set([10]))).toEqual(new Map([[10, 125]]));
  });

  it('counts what is beneath two processes once, for the nearer', () => {
    const list = processes({ 10: of(1, 0), 20: of(10, 7), 21: of(20, 30) });
    expect(createDescendantsReader(list)(new Set([10, 20]))).toEqual(
      new Map([
        [10, 0],
        [20, 30],
      ]),
    );
  });

  it('reads others once, when they appear', () => {
    const list = processes({ 10: of(1, 0), 11: of(10, 20), 12: of(1, 900) });
    const read = createDescendantsReader(list);
    read(new Set([10]));
    list.reads.length = 0;
    list.all[14] = of(1, 3);
    expect(read(new Set([10]))).toEqual(new Map([[10, 20]]));
    expect(list.reads.toSorted((a, b) => a - b)).toEqual([11, 14]);
  });

  it('lets go of one whose parent has ended, and of a number that is another process now', () => {
    const list = processes({ 10: of(1, 0), 11: of(10, 20), 12: of(11, 50) });
    const read = createDescendantsReader(list);
    expect(read(new Set([10]))).toEqual(new Map([[10, 70]]));
    delete list.all[11];
    list.all[12] = of(1, 60);
    expect(read(new Set([10]))).toEqual(new Map([[10, 0]]));
  });
});
