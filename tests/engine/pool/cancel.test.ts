import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nowMs } from '../../../src/engine/system/clock';
import { isRunning } from '../../support/processes';
import { errorOf, POOLS, until, valueOf, type TestOutcome, type TestPool } from './support/pools';

/** Far above the 250 ms that are promised, for a machine that is busy with other things. */
const SOON_MS = 2000;

describe.each(POOLS)('cancelling in the pool of $title', ({ name, hosted, create }) => {
  let pool: TestPool;
  beforeEach(async () => {
    pool = create();
    pool.resize(2);
    await pool.ready();
  });
  afterEach(async () => {
    await pool.close();
  });
  async function running(count: number): Promise<void> {
    await until(() => pool.status().workers.filter((worker) => worker.state.state === 'running').length === count);
  }

  it.each(['loop', 'never'])('settles everything soon, in the middle of tasks that would %s', async (kind) => {
    const tasks = Array.from({ length: 50 }, () => pool.submit({ kind }));
    await running(2);
    const startMs = nowMs();
    await pool.cancelAll();
    expect(nowMs() - startMs).toBeLessThan(SOON_MS);
    const outcomes = await Promise.all(tasks);
    expect(outcomes.every((outcome) => outcome.state === 'cancelled')).toBe(true);
    expect(outcomes.filter((outcome) => outcome.startedMs !== null)).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome.worker !== 0)).toHaveLength(2);
    expect(valueOf(await pool.submit({ kind: 'echo', value: 'and on' }))).toBe('and on');
    expect(pool.status().deaths).toBe(0);
  });

  it('lets tasks that run finish within the grace, and keeps their workers', async () => {
    const tasks = Array.from({ length: 20 }, () => pool.submit({ kind: 'spin', ms: 20 }));
    await running(2);
    await pool.cancelAll({ graceMs: 5000 });
    const outcomes = await Promise.all(tasks);
    const done = outcomes.filter((outcome) => outcome.state === 'done');
    expect(done.length).toBeGreaterThanOrEqual(2);
    expect(outcomes.filter((outcome) => outcome.state === 'cancelled')).toHaveLength(20 - done.length);
    expect(
      pool
        .status()
        .workers.map((worker) => worker.worker)
        .toSorted(),
    ).toEqual([1, 2]);
  });

  it('ends feeds', async () => {
    const outcomes: TestOutcome[] = [];
    const feeding = pool.feed({ next: () => ({ kind: 'spin', ms: 1 }), settled: (outcome) => outcomes.push(outcome) });
    await until(() => outcomes.length > 20);
    await pool.cancelAll();
    await feeding;
    expect(pool.status().queued).toBe(0);
    expect(outcomes.every((outcome) => outcome.state !== 'failed')).toBe(true);
  });

  it('drops a queued task when its signal is aborted, and one that was aborted before', async () => {
    void pool.submit({ kind: 'pause', ms: 50 });
    void pool.submit({ kind: 'pause', ms: 50 });
    const controller = new AbortController();
    const dropped = pool.submit({ kind: 'echo' }, { signal: controller.signal });
    const kept = pool.submit({ kind: 'echo', value: 1 });
    controller.abort();
    expect(await dropped).toMatchObject({ state: 'cancelled', startedMs: null, worker: 0, attempts: 0 });
    expect(await pool.submit({ kind: 'echo' }, { signal: AbortSignal.abort() })).toMatchObject({
      state: 'cancelled',
      attempts: 0,
    });
    expect(valueOf(await kept)).toBe(1);
    await pool.drain();
    expect(pool.status().queued).toBe(0);
  });

  it.each(['loop', 'never'])(
    'replaces the worker of an aborted task that would %s, and no other task suffers',
    async (kind) => {
      const controller = new AbortController();
      const aborted = pool.submit({ kind }, { signal: controller.signal });
      await running(1);
      const others = Array.from({ length: 50 }, (_, value) => pool.submit({ kind: 'echo', value }));
      controller.abort();
      expect(await aborted).toMatchObject({ state: 'cancelled', attempts: 1 });
      expect((await Promise.all(others)).map(valueOf)).toEqual(Array.from({ length: 50 }, (_, value) => value));
    },
  );

  it('fails a task at its deadline and replaces its worker; the others run', async () => {
    const tasks = Array.from({ length: 40 }, (_, value) =>
      pool.submit(value % 20 === 10 ? { kind: 'loop' } : { kind: 'echo', value }, { deadlineMs: 150 }),
    );
    const outcomes = await Promise.all(tasks);
    const failed = outcomes.filter((outcome) => outcome.state === 'failed');
    expect(failed.map((outcome) => outcome.id)).toEqual([10, 30]);
    for (const outcome of failed) {
      expect(errorOf(outcome)).toMatchObject({ code: 'task-deadline' });
      expect(outcome.finishedMs - (outcome.startedMs ?? 0)).toBeGreaterThanOrEqual(150);
    }
    expect(outcomes.filter((outcome) => outcome.state === 'done')).toHaveLength(38);
  });

  it('fails a task at the deadline of all tasks', async () => {
    const limited = create({ deadlineMs: 150 });
    try {
      limited.resize(1);
      const [endless, other] = await Promise.all([
        limited.submit({ kind: 'loop' }),
        limited.submit({ kind: 'echo', value: 1 }),
      ]);
      expect(errorOf(endless)).toMatchObject({ code: 'task-deadline' });
      expect(valueOf(other)).toBe(1);
    } finally {
      await limited.close();
    }
  });

  it('closes soon, whatever its workers do, settles every task, and leaves no process', async () => {
    const tasks = ['loop', 'never', 'echo', 'echo'].map((kind) => pool.submit({ kind }));
    const feeding = pool.feed({ next: () => ({ kind: 'echo' }), settled: () => undefined });
    await running(2);
    const pids = pool.status().workers.map((worker) => worker.pid);
    const startMs = nowMs();
    const closing = pool.close();
    expect(() => pool.submit({ kind: 'echo' })).toThrow(/closed/);
    expect(() => {
      pool.resize(1);
    }).toThrow(/closed/);
    await Promise.all([closing, pool.close()]);
    await pool.close();
    expect(nowMs() - startMs).toBeLessThan(SOON_MS);
    await feeding;
    expect((await Promise.all(tasks)).filter((outcome) => outcome.state === 'cancelled').length).toBeGreaterThanOrEqual(
      2,
    );
    expect(pool.status().workers).toEqual([]);
    if (name === 'processes' || hosted) expect(pids.some(isRunning)).toBe(false);
  });
});
