import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { statFields } from '../../../src/engine/system/proc-stat';
import type { WorkerStatus } from '../../../src/contract';
import type { ExecutorEvent } from '../../../src/engine/executor';
import { isRunning } from '../../support/processes';
import { HOSTED_THREADS, until, valueOf, type TestPool } from './support/pools';

const LIMITS = { most: 8, idleMs: 60_000 };
const WORKERS = 4;
/** Tasks of a run: enough that each worker gets some. */
const TASKS = 40;

const pools: TestPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(keep = LIMITS): { pool: TestPool; started: number[] } {
  const pool = HOSTED_THREADS.create({ keep });
  pools.push(pool);
  const started: number[] = [];
  pool.on((event: ExecutorEvent) => {
    if (event.type === 'worker-ready' && event.startUpMs !== null) started.push(event.worker);
  });
  return { pool, started };
}

/** What was done with the pool in one run, as its workers were at the end of its tasks. */
async function run(pool: TestPool, work: string | null, workers = WORKERS): Promise<WorkerStatus[]> {
  pool.expect?.(null);
  if (work !== null) pool.keep?.(work);
  pool.resize(workers);
  await pool.ready();
  const outcomes = await Promise.all(
    Array.from({ length: TASKS }, (_, value) => pool.submit({ kind: 'pause', ms: 2, value })),
  );
  expect(outcomes.map(valueOf)).toEqual(Array.from({ length: TASKS }, (_, value) => value));
  const seen = pool.status().workers;
  await end(pool);
  return seen;
}

async function end(pool: TestPool): Promise<void> {
  pool.resize(0);
  await until(() => pool.status().workers.length === 0);
}

const numbers = (workers: readonly WorkerStatus[]): number[] => workers.map(({ worker }) => worker).toSorted();
const sum = (workers: readonly WorkerStatus[]): number => workers.reduce((total, { settled }) => total + settled, 0);

describe('threads that are kept', () => {
  it('are started once for ten runs of the same work', async () => {
    const { pool, started } = open();
    const first = await run(pool, 'same');
    expect(first.every(({ reused, startUpMs }) => reused === undefined && startUpMs !== null)).toBe(true);
    for (let i = 1; i < 10; i += 1) {
      const again = await run(pool, 'same');
      expect(numbers(again)).toEqual(numbers(first));
      expect(new Set(again.map(({ tid }) => tid))).toEqual(new Set(first.map(({ tid }) => tid)));
      for (const worker of again) {
        expect(worker).toMatchObject({ reused: true, startUpMs: null });
        expect(worker.handOverUs).toBeGreaterThan(0);
      }
      // What they did in the runs before is not counted here.
      expect(sum(again)).toBe(TASKS);
    }
    expect(started).toHaveLength(WORKERS);
    expect(pool.status()).toMatchObject({ live: 0, workers: [], kept: WORKERS, deaths: 0 });
  });

  it('come back to the run that they left, with the start-up that they had in it', async () => {
    const { pool, started } = open();
    pool.expect?.(null);
    pool.keep?.('same');
    pool.resize(WORKERS);
    let going = true;
    const feeding = pool.feed({
      next: () => (going ? { kind: 'pause', ms: 1 } : undefined),
      settled: () => undefined,
    });
    await until(() => pool.status().workers.filter(({ settled }) => settled > 0).length === WORKERS);
    for (let i = 0; i < 5; i += 1) {
      pool.resize(1);
      await until(() => pool.status().kept === WORKERS - 1);
      pool.resize(WORKERS);
      await pool.ready();
    }
    const { workers, kept } = pool.status();
    expect(kept).toBeUndefined();
    expect(workers.every(({ reused, startUpMs }) => reused === undefined && startUpMs !== null)).toBe(true);
    expect(started).toHaveLength(WORKERS);
    going = false;
    await feeding;
  });

  it('are not given to work that did not ask, nor left beside it: its process is another too', async () => {
    const { pool, started } = open();
    const [before] = await run(pool, 'same');
    const fresh = await run(pool, null);
    expect(fresh.every(({ reused, startUpMs }) => reused === undefined && startUpMs !== null)).toBe(true);
    expect(fresh.every(({ pid }) => pid !== before?.pid)).toBe(true);
    expect(started).toHaveLength(2 * WORKERS);
    expect(pool.status().kept).toBeUndefined();
  });

  it('end as other work begins', async () => {
    const { pool, started } = open();
    const [before] = await run(pool, 'same');
    const other = await run(pool, 'other');
    expect(other.some(({ reused }) => reused)).toBe(false);
    expect(other.every(({ pid }) => pid !== before?.pid)).toBe(true);
    expect(started).toHaveLength(2 * WORKERS);
    await until(() => !isRunning(before?.pid ?? 0));
    expect(pool.status()).toMatchObject({ kept: WORKERS, deaths: 0 });
  });

  it('end when nobody has wanted them for long, and their process with them', async () => {
    const { pool } = open({ ...LIMITS, idleMs: 50 });
    const [one] = await run(pool, 'same');
    await until(() => pool.status().kept === undefined && pool.status().workers.length === 0);
    await until(() => !isRunning(one?.pid ?? 0));
    expect(pool.status().deaths).toBe(0);
    const again = await run(pool, 'same');
    expect(again.some(({ reused }) => reused)).toBe(false);
  });

  it('are no more than may be', async () => {
    const { pool, started } = open({ ...LIMITS, most: 1 });
    await run(pool, 'same');
    expect(pool.status().kept).toBe(1);
    const again = await run(pool, 'same');
    expect(again.filter(({ reused }) => reused)).toHaveLength(1);
    expect(started).toHaveLength(2 * WORKERS - 1);
  });

  it.each([
    ['ended under its task', { kind: 'exit', code: 3 }],
    ['threw where no task could catch it', { kind: 'exception-outside' }],
  ])('are none of a run in which a worker %s', async (_, bad) => {
    const { pool } = open();
    pool.expect?.(null);
    pool.keep?.('same');
    pool.resize(2);
    await Promise.all(Array.from({ length: TASKS }, () => pool.submit({ kind: 'pause', ms: 1 })));
    expect((await pool.submit(bad)).state).toBe('failed');
    await Promise.all(Array.from({ length: TASKS }, () => pool.submit({ kind: 'pause', ms: 1 })));
    await pool.ready();
    await end(pool);
    expect(pool.status().kept).toBeUndefined();
    const again = await run(pool, 'same');
    expect(again.some(({ reused }) => reused)).toBe(false);
    // This run had no fault.
    expect(pool.status().kept).toBe(WORKERS);
  });

  it('are not those whose task had to be ended, nor those that never had one', async () => {
    const { pool } = open();
    pool.expect?.(null);
    pool.keep?.('same');
    pool.resize(1);
    await pool.ready();
    pool.resize(0);
    await until(() => pool.status().workers.length === 0);
    expect(pool.status().kept).toBeUndefined();
    pool.resize(1);
    expect(valueOf(await pool.submit({ kind: 'echo', value: 1 }))).toBe(1);
    const long = pool.submit({ kind: 'spin', ms: 60_000 });
    await until(() => pool.status().workers.some(({ state }) => state.state === 'running'));
    await pool.cancelAll({ graceMs: 1 });
    expect((await long).state).toBe('cancelled');
    await end(pool);
    expect(pool.status().kept).toBeUndefined();
  });

  it('are missed by nobody if their process ends while they wait', async () => {
    const { pool } = open();
    const [one] = await run(pool, 'same');
    process.kill(one?.pid ?? 0, 'SIGKILL');
    await until(() => pool.status().kept === undefined);
    const again = await run(pool, 'same');
    expect(again.some(({ reused }) => reused)).toBe(false);
    expect(pool.status().deaths).toBe(0);
  });

  it('end with their pool', async () => {
    const { pool } = open();
    const [one] = await run(pool, 'same');
    expect(isRunning(one?.pid ?? 0)).toBe(true);
    await pool.close();
    expect(isRunning(one?.pid ?? 0)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('use no CPU time while they wait', async () => {
    const { pool } = open();
    const [one] = await run(pool, 'same');
    const ticks = (): number =>
      statFields(readFileSync(`/proc/${String(one?.pid)}/stat`, 'latin1'))
        .slice(11, 13)
        .reduce((total, field) => total + Number(field), 0);
    // What ended with the run is over first.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = ticks();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(ticks() - before).toBeLessThanOrEqual(1);
  });
});
