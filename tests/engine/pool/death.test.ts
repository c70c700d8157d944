import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutorEvent } from '../../../src/engine/executor';
import { suiteFolder } from '../../support/folder';
import { ROOT } from '../../support/paths';
import { errorOf, nextEvent, POOLS, TASKS, valueOf, type TestPool } from './support/pools';

describe.each(POOLS)('the death of workers of $title', ({ name, title, create }) => {
  const folder = suiteFolder();
  let pool: TestPool;
  let events: ExecutorEvent[];
  beforeEach(() => {
    open(create());
  });
  afterEach(async () => {
    await pool.close();
  });
  function open(made: TestPool): void {
    pool = made;
    events = [];
    pool.on((event) => events.push(event));
  }

  it('fails a task that ends its worker three times, and no other task', async () => {
    pool.resize(2);
    await pool.ready();
    const tasks = Array.from({ length: 200 }, (_, value) =>
      pool.submit(value === 50 ? { kind: 'exit', code: 7 } : { kind: 'echo', value }),
    );
    const outcomes = await Promise.all(tasks);
    const failed = outcomes.filter((outcome) => outcome.state !== 'done');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ id: 50, attempts: 3, state: 'failed' });
    const error = errorOf(failed[0]!);
    expect(error.code).toBe('worker-died');
    expect(error.message).toMatch(new RegExp(`^Worker \\d+ of ${name} died while running task 50 \\(exit code 7\\)`));
    const deaths = events.filter((event) => event.type === 'worker-died');
    expect(deaths).toHaveLength(3);
    expect(deaths.every((death) => death.task === 50 && death.code === 7)).toBe(true);
    expect(pool.status().deaths).toBe(3);
    await pool.ready();
  });

  it('runs a task again whose worker died under it, and counts both attempts', async () => {
    const marker = join(folder, `once-${title}`);
    rmSync(marker, { force: true });
    pool.resize(1);
    const outcome = await pool.submit({ kind: 'exit-once', marker, code: 3 });
    expect(valueOf(outcome)).toBe('second time');
    expect(outcome).toMatchObject({ attempts: 2, worker: 2 });
  });

  it('replaces a worker that dies with nothing to do, and loses no task over it', async () => {
    pool.resize(1);
    await pool.ready();
    const died = nextEvent(pool, 'worker-died');
    await pool.submit({ kind: 'exit-later', ms: 10, code: 9 });
    expect(await died).toMatchObject({ worker: 1, code: 9, task: null });
    expect(valueOf(await pool.submit({ kind: 'echo', value: 'alive' }))).toBe('alive');
    expect(pool.status().workers.map((worker) => worker.worker)).toEqual([2]);
  });

  it('gives up on workers that end at every start, with an error and not a loop', async () => {
    await pool.close();
    open(create({ tasks: resolve(ROOT, 'tests/fixtures/pool/dies-at-start.mjs') }));
    pool.resize(2);
    const waiting = pool.submit({ kind: 'echo' });
    await expect(pool.ready()).rejects.toMatchObject({ code: 'worker-start-failed' });
    expect(errorOf(await waiting).code).toBe('worker-start-failed');
    expect(events.filter((event) => event.type === 'warning')).toMatchObject([
      { warning: { code: 'worker-start-failed' } },
    ]);
    expect(pool.status().workers).toEqual([]);
    const feeding = pool.feed({ next: () => ({ kind: 'echo' }), settled: () => undefined });
    await expect(feeding).rejects.toMatchObject({ code: 'worker-start-failed' });
  });

  it('says what is wrong with a module of tasks that cannot be used', async () => {
    await pool.close();
    open(create({ tasks: resolve(ROOT, 'tests/fixtures/pool/no-run.mjs') }));
    pool.resize(1);
    await expect(pool.ready()).rejects.toThrow(/does not export a function named "run"/);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40])(
    'refuses %d as a limit of its queue or of memory',
    (count) => {
      expect(() => create({ maxQueued: count })).toThrow(
        /^maxQueued of a pool must be a whole number from 1 to 4294967296/,
      );
      expect(() => create({ heapMb: count })).toThrow(/^heapMb of a pool must be a whole number/);
    },
  );

  it('refuses a folder for an entry', () => {
    expect(() => create({ tasks: ROOT })).toThrow(/does not exist/);
  });

  it('refuses entries that do not exist', () => {
    expect(() => create({ tasks: `${TASKS}.missing` })).toThrow(/does not exist/);
  });
});

describe('a process that is killed', () => {
  let pool: TestPool;
  beforeEach(async () => {
    pool = POOLS.find(({ name }) => name === 'processes')!.create();
    pool.resize(2);
    await pool.ready();
  });
  afterEach(async () => {
    await pool.close();
  });

  it('fails the task that brings SIGKILL on it three times, by signal, and no other task', async () => {
    const tasks = Array.from({ length: 200 }, (_, value) =>
      pool.submit(value === 50 ? { kind: 'kill', signal: 'SIGKILL' } : { kind: 'echo', value }),
    );
    const outcomes = await Promise.all(tasks);
    const failed = outcomes.filter((outcome) => outcome.state !== 'done');
    expect(failed).toMatchObject([{ id: 50, attempts: 3, error: { code: 'worker-died' } }]);
    expect(errorOf(failed[0]!).message).toContain('(signal SIGKILL)');
  });

  it('loses no task when it is killed from outside again and again, and counts what ran twice', async () => {
    let given = 0;
    let settled = 0;
    let kills = 0;
    const values = new Set<unknown>();
    const killed = pool.on((event) => {
      if (event.type === 'worker-ready' && kills < 10)
        setTimeout(() => {
          kills += 1;
          process.kill(event.pid, 'SIGKILL');
        }, 10);
    });
    process.kill(pool.status().workers[0]!.pid, 'SIGKILL');
    await pool.feed({
      next: () => (kills < 10 || given < 500 ? { kind: 'spin', ms: 0.2, value: given++ } : undefined),
      settled: (outcome) => {
        settled += 1;
        values.add(valueOf(outcome));
        expect(outcome.attempts).toBeLessThanOrEqual(3);
      },
    });
    killed();
    expect(settled).toBe(given);
    expect(values.size).toBe(given);
  });
});
