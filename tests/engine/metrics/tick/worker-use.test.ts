import { describe, expect, it } from 'vitest';
import { parseProcessTimes } from '../../../../src/engine/metrics/tick/process-times';
import type { ProcFiles } from '../../../../src/engine/metrics/tick/proc-files';
import { createWorkerUseReader, parseLastCore } from '../../../../src/engine/metrics/tick/worker-use';
import { parseSchedstat } from '../../../../src/engine/system/proc-stat';

const LINUX = process.platform === 'linux';
if (!LINUX) console.log('Skipped: following workers needs Linux.');

const stat = (core: number): string =>
  `4242 (a name) with (brackets) R 1 4242 4242 0 -1 4194304 1 0 0 0 10 20 3 4 20 0 11 0 900 1 2 ${Array(13).fill(0).join(' ')} 17 ${String(core)} 0 0\n`;

describe('parseSchedstat', () => {
  it('reads time on a core and time in the run queue, in ms', () => {
    expect(parseSchedstat('1500000000 2500000 77\n')).toEqual({ cpuMs: 1500, runQueueMs: 2.5, slices: 77 });
  });

  it('knows nothing where the kernel does not count', () => {
    expect(parseSchedstat('0 0 0\n')).toBeNull();
    expect(parseSchedstat('')).toBeNull();
    expect(parseSchedstat('a b c')).toBeNull();
  });
});

describe('fields of stat', () => {
  it('finds the last core behind a name with brackets and blanks', () => {
    expect(parseLastCore(stat(13))).toBe(13);
    expect(parseLastCore('')).toBeNull();
    expect(parseLastCore('1 (short) R 1')).toBeNull();
  });

  it('finds the parent, the time of the process and that of ended children, in ms', () => {
    expect(parseProcessTimes(stat(1))).toEqual({ parent: 1, ownMs: 300, waitedForMs: 70 });
    expect(parseProcessTimes('')).toBeNull();
  });
});

/** Files whose content the test sets. */
function fakeFiles(): ProcFiles & { content: Map<string, string>; released: string[]; reads: string[] } {
  const content = new Map<string, string>();
  const released: string[] = [];
  const reads: string[] = [];
  return {
    content,
    released,
    reads,
    read: (path) => {
      reads.push(path);
      return content.get(path) ?? null;
    },
    release: (path) => released.push(path),
    close: () => {},
  };
}

describe.runIf(LINUX)('following workers', () => {
  const thread = { executor: 'threads', worker: 3, pid: 10, tid: 12, kind: 'thread' } as const;

  function files(): ReturnType<typeof fakeFiles> {
    const fake = fakeFiles();
    fake.content.set('/proc/10/task/12/schedstat', '5000000 1000000 9');
    fake.content.set('/proc/10/task/12/stat', stat(0));
    return fake;
  }

  it('counts from the moment a worker is watched', () => {
    const fake = files();
    const reader = createWorkerUseReader(fake);
    reader.watch([thread]);
    fake.content.set('/proc/10/task/12/schedstat', '95000000 3000000 12');
    fake.content.set('/proc/10/task/12/stat', stat(1));
    expect(reader.read()).toEqual([{ executor: 'threads', worker: 3, cpuMs: 90, runQueueMs: 2, core: 1, fromCore: 0 }]);
    expect(reader.read()).toEqual([{ executor: 'threads', worker: 3, cpuMs: 0, runQueueMs: 0, core: 1, fromCore: 1 }]);
  });

  it('keeps counting a worker that stays in the list', () => {
    const fake = files();
    const reader = createWorkerUseReader(fake);
    reader.watch([thread]);
    fake.content.set('/proc/10/task/12/schedstat', '6000000 1000000 10');
    reader.watch([{ ...thread }, { ...thread, worker: 4, tid: 13 }]);
    expect(reader.read().map(({ worker, cpuMs }) => [worker, cpuMs])).toEqual([
      [3, 1],
      [4, null],
    ]);
  });

  it('does not look for the core of a worker that did not run', () => {
    const fake = files();
    const reader = createWorkerUseReader(fake);
    reader.watch([thread]);
    fake.reads.length = 0;
    reader.read();
    expect(fake.reads).toEqual(['/proc/10/task/12/schedstat']);
  });

  it('takes one that hardly ran to be where it was, until it has used a millisecond', () => {
    const fake = files();
    const reader = createWorkerUseReader(fake);
    reader.watch([thread]);
    fake.content.set('/proc/10/task/12/stat', stat(1));
    const cores: (number | null)[][] = [];
    for (const cpuNs of [5_400_000, 5_800_000, 6_200_000, 6_300_000]) {
      fake.content.set('/proc/10/task/12/schedstat', `${String(cpuNs)} 1000000 10`);
      cores.push(reader.read().flatMap(({ fromCore, core }) => [fromCore, core]));
    }
    expect(cores).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it('knows nothing of a worker that is gone, and does not ask for it again', () => {
    const fake = files();
    const reader = createWorkerUseReader(fake);
    reader.watch([thread]);
    fake.content.clear();
    const unknown = { executor: 'threads', worker: 3, cpuMs: null, runQueueMs: null, core: null, fromCore: null };
    expect(reader.read()).toEqual([unknown]);
    fake.reads.length = 0;
    expect(reader.read()).toEqual([unknown]);
    expect(fake.reads).toEqual([]);
    expect(fake.released).toContain('/proc/10/task/12/schedstat');
  });

  it('takes the first thread of a process whose thread is not known, and nothing for a thread', () => {
    const fake = fakeFiles();
    fake.content.set('/proc/10/task/10/schedstat', '1000000 0 1');
    const reader = createWorkerUseReader(fake);
    reader.watch([
      { ...thread, tid: null },
      { ...thread, worker: 5, tid: null, kind: 'process' },
    ]);
    fake.content.set('/proc/10/task/10/schedstat', '3000000 0 2');
    expect(reader.read().map(({ cpuMs }) => cpuMs)).toEqual([null, 2]);
  });
});
