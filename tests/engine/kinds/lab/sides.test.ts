import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { START_METHODS } from '../../../../src/contract';
import { nowMs } from '../../../../src/engine/system/clock';
import { createSides, type Sides } from '../../../../src/engine/kinds/lab/sides';
import { temporaryFolder } from '../../../support/folder';
import { descendants, isRunning } from '../../../support/processes';
import { ENTRIES } from '../../../support/paths';
import { foldersNamed } from '../../../support/places';
import { anyInterpreter } from '../../python/support/pythons';

const interpreter = await anyInterpreter();
if (interpreter?.interpreters !== true)
  console.log('Tests of interpreters in labs are skipped: the first Python found here has none (3.14).');
const python =
  interpreter === null
    ? null
    : {
        executable: interpreter.executable,
        version: interpreter.version,
        build: interpreter.build,
        lockOn: interpreter.lockOn,
        startMethod: interpreter.startMethods[0] ?? null,
      };

let sides: Sides | null = null;
const open = (): Sides => (sides = createSides({ entries: ENTRIES, python }));
afterEach(() => {
  sides?.end();
});

describe('the side of Node', () => {
  it.each(['clone', 'transfer', 'shared', 'fork-json', 'fork-advanced'] as const)(
    'sends bytes there and back by %s',
    async (way) => {
      const block = await open().ask<'ipc'>({ type: 'ipc', way, bytes: 4096, budgetMs: 4 });
      expect(block.roundTripUs).toBeGreaterThan(0);
      if (way === 'shared') expect([block.bytesPerSecond, block.ownRoundTripUs]).toEqual([null, null]);
      else for (const measured of [block.bytesPerSecond, block.ownRoundTripUs]) expect(measured).toBeGreaterThan(0);
    },
  );

  it('loses no update by Atomics, by a lock or where nothing is shared', async () => {
    const both = open();
    for (const [executor, method] of [
      ['threads', 'atomics'],
      ['threads', 'lock'],
      ['processes', 'separate'],
    ] as const) {
      expect(await both.ask<'race'>({ type: 'race', executor, method, workers: 2, increments: 100_000 })).toMatchObject(
        { expected: 100_000, counted: 100_000 },
      );
    }
    const { expected, counted } = await both.ask<'race'>({
      type: 'race',
      executor: 'threads',
      method: 'unlocked',
      workers: 2,
      increments: 100_000,
    });
    expect(counted).toBeLessThanOrEqual(expected);
    expect(counted).toBeGreaterThan(0);
  });

  it('sees a write to shared memory by another thread, and none to a variable', async () => {
    const both = open();
    const shared = await both.ask<'visibility'>({
      type: 'visibility',
      executor: 'threads',
      through: 'shared-memory',
      times: 10,
    });
    expect(shared.seen).toBe(true);
    expect(Math.min(...shared.delaysUs)).toBeGreaterThan(0);
    for (const executor of ['threads', 'processes'] as const) {
      expect(
        await both.ask<'visibility'>({ type: 'visibility', executor, through: 'variable', times: 1 }),
      ).toMatchObject({ seen: false });
    }
  });

  it('climbs worker by worker, in one process or in as many', async () => {
    const both = open();
    const { answer: threads } = await both.askFresh<'climb'>({ type: 'climb', executor: 'threads', workers: 2 });
    const { answer: processes } = await both.askFresh<'climb'>({ type: 'climb', executor: 'processes', workers: 2 });
    expect([threads.processes, processes.processes]).toEqual([1, 2]);
    expect(processes.points.map(({ workers }) => workers)).toEqual([1, 2]);
    expect(processes.points[1]?.residentBytes).toBeGreaterThan(processes.points[0]?.residentBytes ?? 0);
  });

  it('starts a first worker and one more', async () => {
    const { answer } = await open().askFresh<'startup'>({ type: 'startup', executor: 'threads' });
    for (const { askedMs, readyMs, resultMs } of [answer.cold, answer.warm]) {
      expect(readyMs).toBeGreaterThan(askedMs);
      expect(resultMs).toBeGreaterThan(readyMs);
    }
  });

  it.skipIf(process.platform !== 'linux')(
    'ends at once with all that it started, also in the middle of something',
    async () => {
      const both = open();
      const before = new Set(descendants(process.pid));
      const busy = both.ask<'race'>({
        type: 'race',
        executor: 'threads',
        method: 'lock',
        workers: 2,
        increments: 2_000_000_000,
      });
      await expect.poll(() => descendants(process.pid).some((pid) => !before.has(pid))).toBe(true);
      const started = descendants(process.pid).filter((pid) => !before.has(pid));
      both.end();
      await expect(busy).rejects.toMatchObject({ code: 'worker-died' });
      await expect(both.ask<'startup'>({ type: 'startup', executor: 'threads' })).rejects.toMatchObject({
        code: 'worker-died',
      });
      await expect.poll(() => started.filter(isRunning)).toEqual([]);
    },
  );

  it.skipIf(process.platform !== 'linux').each(['SIGKILL', 'SIGSTOP'] as const)(
    'takes one ask with it where a worker of it gets %s, and another takes its place',
    async (signal) => {
      const both = open();
      const before = new Set(descendants(process.pid));
      const busy = both.ask<'race'>({
        type: 'race',
        executor: 'processes',
        method: 'separate',
        workers: 2,
        increments: 2_000_000_000_000,
      });
      const failed = expect(busy).rejects.toMatchObject({
        message: expect.stringMatching(
          signal === 'SIGSTOP' ? /^Node's lab process ended: it was suspended/ : /SIGKILL/,
        ) as string,
      });
      const workers = (): number[] =>
        descendants(process.pid).filter(
          (pid) => !before.has(pid) && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('lab-worker'),
        );
      await expect.poll(() => workers().length).toBe(2);
      const started = descendants(process.pid).filter((pid) => !before.has(pid));
      process.kill(workers()[0] ?? 0, signal);
      await failed;
      expect(
        (await both.ask<'ipc'>({ type: 'ipc', way: 'clone', bytes: 64, budgetMs: 1 })).roundTripUs,
      ).toBeGreaterThan(0);
      if (signal === 'SIGSTOP') await expect.poll(() => started.filter(isRunning)).toEqual([]);
    },
  );

  it('says in its own words what it cannot measure, and goes on', async () => {
    const both = open();
    await expect(
      both.ask<'ipc'>({ type: 'ipc', way: 'pigeon' as 'clone', bytes: 64, budgetMs: 1 }),
    ).rejects.toMatchObject({ code: 'internal', message: 'Node has no way named pigeon.' });
    expect((await both.ask<'ipc'>({ type: 'ipc', way: 'clone', bytes: 64, budgetMs: 1 })).roundTripUs).toBeGreaterThan(
      0,
    );
  });
});

/** Files of shared memory and semaphores that processes of this one have open, and folders of its labs. */
function named(): string[] {
  const maps = descendants(process.pid)
    .map((pid) => readable(`/proc/${String(pid)}/maps`))
    .join('');
  const labs = foldersNamed('lab').filter((path) => path.includes(`-${String(process.pid)}-`));
  return [...maps.matchAll(/\/dev\/shm\/(?:sem\.mp-|psm_).*/g)].map(([path]) => path).concat(labs);
}

function readable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(python === null)('the side of Python', () => {
  it.skipIf(process.platform !== 'linux').each(START_METHODS)(
    'leaves no semaphore, no memory and no folder behind, started by %s',
    async (startMethod) => {
      if (python === null || interpreter?.startMethods.includes(startMethod) !== true) return;
      sides = createSides({ entries: ENTRIES, python: { ...python, startMethod } });
      await sides.ask<'ipc'>({ type: 'ipc', way: 'python-queue', bytes: 64, budgetMs: 1 });
      const busy = sides
        .ask<'ipc'>({ type: 'ipc', way: 'python-shared', bytes: 2 ** 20, budgetMs: 60_000 })
        .catch(() => null);
      // By fork, semaphores have no names from the start; memory has none once both have it.
      const kinds = [/\blab-/, /psm_\w+ \(deleted\)/, ...(startMethod === 'fork' ? [] : [/sem\.mp-\w+$/])];
      await expect.poll(() => kinds.every((kind) => named().some((path) => kind.test(path)))).toBe(true);
      const made = named();
      sides.end();
      await busy;
      await expect.poll(() => made.filter((path) => existsSync(path))).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')('is heard beside what Python prints as it starts', async () => {
    const noisy = join(temporaryFolder(), 'python');
    writeFileSync(noisy, `#!/bin/sh\necho hello\necho '{"a":1}'\necho 1\nexec '${python?.executable ?? ''}' "$@"\n`, {
      mode: 0o755,
    });
    sides = createSides({ entries: ENTRIES, python: python && { ...python, executable: noisy } });
    expect(
      await sides.ask<'race'>({
        type: 'race',
        executor: 'python-threads',
        method: 'lock',
        workers: 2,
        increments: 400,
      }),
    ).toMatchObject({ counted: 400 });
  });

  it('loses no update by a lock or where nothing is shared', async () => {
    const both = open();
    for (const [executor, method] of [
      ['python-threads', 'lock'],
      ['python-processes', 'lock'],
      ['python-processes', 'separate'],
    ] as const) {
      expect(await both.ask<'race'>({ type: 'race', executor, method, workers: 2, increments: 4_000 })).toMatchObject({
        expected: 4_000,
        counted: 4_000,
      });
    }
  });

  it('sees a write by another thread, and none by another process but to shared memory', async () => {
    const both = open();
    expect(
      await both.ask<'visibility'>({ type: 'visibility', executor: 'python-threads', through: 'variable', times: 3 }),
    ).toMatchObject({ seen: true });
    expect(
      await both.ask<'visibility'>({ type: 'visibility', executor: 'python-processes', through: 'variable', times: 3 }),
    ).toMatchObject({ seen: false });
    expect(
      await both.ask<'visibility'>({
        type: 'visibility',
        executor: 'python-processes',
        through: 'shared-memory',
        times: 3,
      }),
    ).toMatchObject({ seen: true });
  });

  it('climbs and starts, from the start of its interpreter', async () => {
    const both = open();
    expect(
      (await both.askFresh<'climb'>({ type: 'climb', executor: 'python-processes', workers: 2 })).answer,
    ).toMatchObject({ processes: 2, reason: null });
    const { answer, startedMs } = await both.askFresh<'startup'>({ type: 'startup', executor: 'python-threads' });
    expect(answer.cold.askedMs).toBeGreaterThan(startedMs);
    expect(answer.warm.resultMs).toBeGreaterThan(answer.cold.resultMs);
  });

  it('tells when it was started on its own clock, which is asked for where it may be another one', async () => {
    const beforeMs = nowMs();
    sides = createSides({ entries: ENTRIES, python, oneClock: false });
    const { answer, startedMs } = await sides.askFresh<'startup'>({ type: 'startup', executor: 'python-threads' });
    expect(startedMs).toBeGreaterThanOrEqual(beforeMs);
    expect(answer.cold.askedMs).toBeGreaterThan(startedMs);
    expect((await sides.ask<'clock'>({ type: 'clock', executor: 'threads' })).stampMs).toBeLessThan(nowMs());
  });
});

describe.skipIf(interpreter?.interpreters !== true)('the side of Python, with interpreters of its own', () => {
  it('starts them, climbs with them in one process, loses no update and shows no write', async () => {
    const both = open();
    const executor = 'python-interpreters';
    const { answer } = await both.askFresh<'startup'>({ type: 'startup', executor });
    expect(answer.cold.readyMs).toBeGreaterThan(answer.cold.askedMs);
    expect(answer.warm.resultMs).toBeGreaterThan(answer.cold.resultMs);
    const climb = (await both.askFresh<'climb'>({ type: 'climb', executor, workers: 3 })).answer;
    expect(climb).toMatchObject({ processes: 1, reason: null });
    expect(climb.points.map(({ workers }) => workers)).toEqual([1, 2, 3]);
    expect(await both.ask<'visibility'>({ type: 'visibility', executor, through: 'variable', times: 3 })).toMatchObject(
      { seen: false },
    );
    expect(
      await both.ask<'race'>({ type: 'race', executor, method: 'separate', workers: 2, increments: 4_000 }),
    ).toMatchObject({ expected: 4_000, counted: 4_000 });
  });
});

describe.skipIf(python === null || interpreter?.interpreters === true)(
  'the side of a Python without further interpreters',
  () => {
    it('says so of each ask, and goes on', async () => {
      const both = open();
      await expect(
        both.ask<'race'>({
          type: 'race',
          executor: 'python-interpreters',
          method: 'separate',
          workers: 2,
          increments: 100,
        }),
      ).rejects.toMatchObject({ message: expect.stringContaining('interpreters') as string });
      expect(
        await both.ask<'race'>({
          type: 'race',
          executor: 'python-processes',
          method: 'separate',
          workers: 2,
          increments: 100,
        }),
      ).toMatchObject({ counted: 100 });
    });
  },
);
