import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observePool } from '../../../src/engine/pool-metrics';
import { nextEvent, POOLS, until, valueOf, type TestOutcome, type TestPool } from './support/pools';

describe.each(POOLS)('streaming through the pool of $title', ({ create }) => {
  let pool: TestPool;
  beforeEach(() => {
    pool = create({ maxQueued: 8 });
  });
  afterEach(async () => {
    await pool.close();
  });

  it('waits for room in a full queue where asked to, and refuses where not', async () => {
    pool.resize(2);
    await pool.ready();
    const outcomes: Promise<TestOutcome>[] = [];
    let most = 0;
    for (let value = 0; value < 300; value += 1) {
      const { outcome } = await pool.enqueue({ kind: 'echo', value });
      outcomes.push(outcome);
      most = Math.max(most, pool.status().queued);
    }
    expect((await Promise.all(outcomes)).map(valueOf)).toEqual(Array.from({ length: 300 }, (_, value) => value));
    // Those that wait, those that workers hold ahead, and the one that was just let in.
    expect(most).toBeLessThan(8 + 2 * 512);
    pool.resize(0);
    await until(() => pool.status().workers.length === 0);
    const waiting = Array.from({ length: 8 }, () => pool.submit({ kind: 'echo' }));
    expect(() => pool.submit({ kind: 'echo' })).toThrow(expect.objectContaining({ code: 'queue-full' }));
    const late = pool.enqueue({ kind: 'echo', value: 'late' });
    pool.resize(1);
    expect(valueOf(await (await late).outcome)).toBe('late');
    await Promise.all(waiting);
  });

  it('does not leave who waits for room waiting when it is closed', async () => {
    const waiting = Array.from({ length: 8 }, () => pool.submit({ kind: 'echo' }));
    const late = pool.enqueue({ kind: 'echo' });
    const refused = expect(late).rejects.toMatchObject({ code: 'pool-closed' });
    await pool.close();
    await refused;
    expect((await Promise.all(waiting)).every((outcome) => outcome.state === 'cancelled')).toBe(true);
  });

  it('lets many wait for room, and none forever', async () => {
    pool.resize(2);
    const entered = await Promise.all(Array.from({ length: 100 }, (_, value) => pool.enqueue({ kind: 'echo', value })));
    const outcomes = await Promise.all(entered.map(({ outcome }) => outcome));
    expect(new Set(outcomes.map(valueOf)).size).toBe(100);
  });

  it('drains: resolves when nothing is queued or running, at once where that is so', async () => {
    await pool.drain();
    pool.resize(2);
    const outcomes: TestOutcome[] = [];
    let given = 0;
    void pool.feed({
      next: () => (given < 50 ? { kind: 'spin', ms: 1, value: given++ } : undefined),
      settled: (outcome) => outcomes.push(outcome),
    });
    await Promise.all([pool.drain(), pool.drain()]);
    expect(outcomes).toHaveLength(50);
    expect(pool.status().queued).toBe(0);
  });

  it('tells what waits, what runs, how long, and what died', async () => {
    const observation = observePool(pool);
    expect(observation.read()).toMatchObject({
      queued: 0,
      desired: 0,
      live: 0,
      workers: [],
      deaths: 0,
      waiting: null,
      running: null,
      startUp: null,
    });
    pool.resize(2);
    expect(observation.read().workers.map(({ state }) => state.state)).toEqual(['starting', 'starting']);
    await pool.ready();
    expect(observation.read()).toMatchObject({
      live: 2,
      startUp: { count: 2 },
      workers: [{ state: { state: 'idle' } }, { state: { state: 'idle' } }],
    });
    const task = pool.submit({ kind: 'pause', ms: 300 });
    await until(() => pool.status().workers.some(({ state }) => state.state === 'running'));
    expect(observation.read().workers.filter(({ state }) => state.state === 'running')).toMatchObject([
      { state: { task: 0, sinceMs: expect.any(Number) as number } },
    ]);
    await task;
    await Promise.all(Array.from({ length: 8 }, () => pool.submit({ kind: 'spin', ms: 2 })));
    const { waiting, running } = observation.read();
    expect([waiting?.count, running?.count]).toEqual([9, 9]);
    expect(running?.minMs).toBeGreaterThanOrEqual(1.9);
    expect(running?.maxMs).toBeGreaterThanOrEqual(299);
    const died = nextEvent(pool, 'worker-died');
    await pool.submit({ kind: 'exit-later', ms: 1, code: 1 });
    await died;
    expect(observation.read().deaths).toBe(1);
    const counted = observation.read().running?.count;
    observation.stop();
    await pool.ready();
    await pool.submit({ kind: 'echo' });
    expect(observation.read().running?.count).toBe(counted);
  });
});
