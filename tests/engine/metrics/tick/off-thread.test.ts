import { describe, expect, it } from 'vitest';
import { createOffThreadReader, type OffThreadReader } from '../../../../src/engine/metrics/tick/off-thread';
import { createWorkerUseReader } from '../../../../src/engine/metrics/tick/worker-use';
import type { ProcFiles } from '../../../../src/engine/metrics/tick/proc-files';
import type { WatchedWorker } from '../../../../src/engine/metrics/types';

const LINUX = process.platform === 'linux';
if (!LINUX) console.log('Skipped: what is used off a thread needs Linux.');

const ENGINE = 5;
const stat = (ownMs: number, waitedForMs = 0): string =>
  `4242 (a name) R 1 4242 4242 0 -1 4194304 1 0 0 0 ${String(ownMs / 10)} 0 ${String(waitedForMs / 10)} 0 20 0\n`;
const schedstat = (ms: number): string => `${String(ms * 1e6)} 0 9`;

class Followed {
  readonly #content = new Map<string, string>();
  readonly #files: ProcFiles = { read: (path) => this.#content.get(path) ?? null, release: () => {}, close: () => {} };
  readonly #threads = createWorkerUseReader(this.#files);
  readonly #reader: OffThreadReader;
  living = new Map<number, number>();

  constructor() {
    this.#reader = createOffThreadReader({
      files: this.#files,
      threads: this.#threads,
      engine: ENGINE,
      descendants: () => this.living,
    });
    this.process(ENGINE, 0);
  }

  process(pid: number, ownMs: number, waitedForMs = 0): void {
    this.#content.set(`/proc/${String(pid)}/stat`, stat(ownMs, waitedForMs));
  }

  thread(pid: number, tid: number, ms: number): void {
    this.#content.set(`/proc/${String(pid)}/task/${String(tid)}/schedstat`, schedstat(ms));
  }

  gone(pid: number, tid: number): void {
    this.#content.delete(`/proc/${String(pid)}/task/${String(tid)}/schedstat`);
  }

  watch(workers: readonly WatchedWorker[]): void {
    this.#threads.watch(workers);
    this.#reader.watch(workers);
  }

  read(): ReturnType<OffThreadReader['read']> {
    this.#threads.read();
    return this.#reader.read();
  }
}

const forked = { executor: 'processes', worker: 1, pid: 10, tid: 10, kind: 'process', starts: true } as const;
const hosted = {
  executor: 'threads',
  worker: 1,
  pid: 20,
  tid: 21,
  kind: 'thread',
  joined: false,
  starts: true,
} as const;
const inEngine = { executor: 'threads', worker: 1, pid: ENGINE, tid: 6, kind: 'thread' } as const;

describe.runIf(LINUX)('what is used off the threads that run tasks', () => {
  it('is what a process used beside that thread, with the processes that it waited for and those that live', () => {
    const followed = new Followed();
    followed.process(10, 500);
    followed.thread(10, 10, 480);
    followed.watch([forked]);
    followed.process(10, 800, 70);
    followed.thread(10, 10, 500);
    followed.living = new Map([[10, 130]]);
    expect(followed.read().byExecutor).toEqual({ processes: 280 + 70 + 130 });
  });

  it('looks at many processes in turn, and tells all that each has used when its turn comes', () => {
    const followed = new Followed();
    const pids = Array.from({ length: 50 }, (_, index) => 100 + index);
    for (const pid of pids) {
      followed.process(pid, 0);
      followed.thread(pid, pid, 0);
    }
    followed.watch(pids.map((pid) => ({ ...forked, worker: pid, pid, tid: pid })));
    for (const pid of pids) followed.process(pid, 100);
    const told = [1, 2, 3].map(() => followed.read().byExecutor.processes);
    expect(told).toEqual([3_200, 1_800, 0]);
  });

  it('counts a process once that is waited for between two looks', () => {
    const followed = new Followed();
    followed.process(10, 0);
    followed.thread(10, 10, 0);
    followed.watch([forked]);
    followed.living = new Map([[10, 900]]);
    expect(followed.read().byExecutor).toEqual({ processes: 900 });
    // Just between two reads it is nobody's.
    followed.living = new Map();
    expect(followed.read().byExecutor).toEqual({ processes: 0 });
    followed.process(10, 0, 1_000);
    expect(followed.read().byExecutor).toEqual({ processes: 100 });
  });

  it('goes on from less where a process ended for which nobody waited', () => {
    const followed = new Followed();
    followed.process(10, 0);
    followed.thread(10, 10, 0);
    followed.living = new Map([[10, 60_000]]);
    followed.watch([forked]);
    followed.living = new Map();
    for (let look = 0; look < 3; look++) expect(followed.read().byExecutor).toEqual({ processes: 0 });
    followed.process(10, 200);
    expect(followed.read().byExecutor).toEqual({ processes: 200 });
  });

  it('is of threads that share a process what is no worker’s, nor our own', () => {
    const followed = new Followed();
    const two = [
      { ...hosted, ours: [29] },
      { ...hosted, worker: 2, tid: 22, ours: [29] },
    ];
    followed.process(20, 0);
    for (const tid of [20, 21, 22, 29]) followed.thread(20, tid, 0);
    followed.watch(two);
    followed.process(20, 1_000);
    for (const [tid, ms] of [
      [20, 100],
      [21, 200],
      [22, 300],
      [29, 50],
    ] as const)
      followed.thread(20, tid, ms);
    expect(followed.read().byExecutor).toEqual({ threads: 350 });
  });

  it('is not known while others start there, and does not hold what their start used', () => {
    const followed = new Followed();
    followed.process(20, 0);
    for (const tid of [20, 21, 22]) followed.thread(20, tid, 0);
    followed.watch([hosted]);
    followed.watch([{ ...hosted, joined: true }]);
    followed.process(20, 90);
    followed.thread(20, 22, 90);
    expect(followed.read().byExecutor).toEqual({ threads: null });
    followed.watch([hosted, { ...hosted, worker: 2, tid: 22 }]);
    expect(followed.read().byExecutor).toEqual({ threads: null });
    followed.process(20, 190);
    expect(followed.read().byExecutor).toEqual({ threads: 100 });
  });

  it('is not known where a thread has ended, whose last time nobody can tell', () => {
    const followed = new Followed();
    followed.process(20, 0);
    for (const tid of [20, 21, 22]) followed.thread(20, tid, 0);
    followed.watch([hosted, { ...hosted, worker: 2, tid: 22 }]);
    followed.gone(20, 22);
    followed.process(20, 90);
    expect(followed.read().byExecutor).toEqual({ threads: null });
    followed.watch([hosted]);
    expect(followed.read().byExecutor).toEqual({ threads: null });
    expect(followed.read().byExecutor).toEqual({ threads: 0 });
  });

  it('is the engine’s own in its process, without its worker threads and what it started', () => {
    const followed = new Followed();
    followed.process(ENGINE, 1_000, 500);
    followed.thread(ENGINE, 6, 600);
    followed.watch([inEngine]);
    followed.process(ENGINE, 1_400, 900);
    followed.thread(ENGINE, 6, 900);
    expect(followed.read()).toEqual({ byExecutor: { threads: null }, engineMs: 100 });
  });

  it('is looked for again, of tasks that come with Coreloom, once they have computed a little, and nothing is lost', () => {
    const followed = new Followed();
    followed.process(10, 0);
    followed.thread(10, 10, 0);
    followed.watch([{ ...forked, starts: false }]);
    followed.read();
    followed.process(10, 40);
    followed.thread(10, 10, 10);
    expect(followed.read().byExecutor).toEqual({ processes: 0 });
    followed.process(10, 60);
    followed.thread(10, 10, 20);
    expect(followed.read().byExecutor).toEqual({ processes: 40 });
  });

  it('adds steps of the kernel’s clock up to no more than there was', () => {
    const followed = new Followed();
    followed.process(10, 0);
    followed.thread(10, 10, 0);
    followed.watch([forked]);
    let sum = 0;
    for (let ms = 1; ms <= 1_000; ms++) {
      followed.process(10, Math.floor(ms / 10) * 10);
      followed.thread(10, 10, ms);
      sum += followed.read().byExecutor.processes ?? NaN;
    }
    expect(sum).toBe(0);
  });
});
