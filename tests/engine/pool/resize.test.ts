import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../support/paths';
import { nextEvent, POOLS, until, valueOf, type TestPool } from './support/pools';

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(POOLS)('resizing the pool of $title', ({ create }) => {
  let pool: TestPool;
  beforeEach(() => {
    pool = create();
  });
  afterEach(async () => {
    await pool.close();
  });

  it('grows and shrinks by a thousand random steps under load, losing and doubling nothing', async () => {
    const next = random(20_26);
    const seen = new Set<unknown>();
    let given = 0;
    let steps = 0;
    let settled = 0;
    let mostAttempts = 0;
    pool.resize(1);
    const feeding = pool.feed({
      next: () => (steps < 1000 || given < 3000 ? { kind: 'echo', value: given++ } : undefined),
      settled: (outcome) => {
        seen.add(valueOf(outcome));
        settled += 1;
        mostAttempts = Math.max(mostAttempts, outcome.attempts);
      },
    });
    while (steps < 1000) {
      steps += 1;
      pool.resize(Math.floor(next() * 4));
      if (next() < 0.5) await new Promise((resolve) => setImmediate(resolve));
      if (next() < 0.05) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    pool.resize(2);
    await feeding;
    expect(settled).toBe(given);
    expect(seen.size).toBe(given);
    expect(mostAttempts).toBe(1);
    await pool.ready();
    await until(() => pool.status().workers.length === 2);
    expect(pool.status()).toMatchObject({ desired: 2, live: 2, queued: 0, deaths: 0 });
  });

  it('keeps tasks while there are no workers, and runs them when there are', async () => {
    const waiting = [1, 2, 3].map((value) => pool.submit({ kind: 'echo', value }));
    expect(pool.status()).toMatchObject({ live: 0, queued: 3 });
    pool.resize(1);
    expect((await Promise.all(waiting)).map(valueOf)).toEqual([1, 2, 3]);
    pool.resize(0);
    await until(() => pool.status().workers.length === 0);
    const later = pool.submit({ kind: 'echo', value: 4 });
    pool.resize(2);
    expect(valueOf(await later)).toBe(4);
  });

  it('lets a surplus worker finish its task and takes back what it had waiting', async () => {
    pool.resize(2);
    await pool.ready();
    // Short tasks teach the pool to hand several over at a time; the long ones then have others waiting behind them.
    await Promise.all(Array.from({ length: 100 }, () => pool.submit({ kind: 'echo' })));
    // The first of each worker lasts until the resize, however late that comes.
    const tasks = Array.from({ length: 12 }, (_, value) =>
      pool.submit({ kind: 'spin', ms: value < 2 ? 1000 : 20, value }),
    );
    await until(() => pool.status().workers.every((worker) => worker.state.state === 'running'));
    pool.resize(1);
    const outcomes = await Promise.all(tasks);
    expect(outcomes.map(valueOf)).toEqual(Array.from({ length: 12 }, (_, value) => value));
    expect(outcomes.every((outcome) => outcome.attempts === 1)).toBe(true);
    const counts = [1, 2].map((worker) => outcomes.filter((outcome) => outcome.worker === worker).length);
    expect(counts.toSorted((a, b) => a - b)).toEqual([1, 11]);
  });

  it('reports every change of the wanted and the live number', async () => {
    const changes: [number, number][] = [];
    pool.on((event) => {
      if (event.type === 'resized') changes.push([event.desired, event.live]);
    });
    pool.resize(1);
    await pool.ready();
    const gone = nextEvent(pool, 'resized', (event) => event.live === 0);
    pool.resize(0);
    await gone;
    expect(changes[0]).toEqual([1, 0]);
    expect(changes).toContainEqual([1, 1]);
    expect(changes.at(-1)).toEqual([0, 0]);
  });

  it('keeps a worker that was to end when it is wanted again', async () => {
    pool.resize(1);
    await pool.ready();
    const task = pool.submit({ kind: 'pause', ms: 100 });
    await until(() => pool.status().workers[0]?.state.state === 'running');
    pool.resize(0);
    pool.resize(1);
    expect((await task).worker).toBe(1);
    expect((await pool.submit({ kind: 'echo' })).worker).toBe(1);
  });

  it('harms no other by shrinking while a worker loads a module that takes long to load', async () => {
    await pool.close();
    pool = create({ tasks: resolve(ROOT, 'tests/fixtures/pool/loads-slowly.mjs') });
    pool.resize(1);
    await pool.ready();
    const task = pool.submit({ kind: 'pause', ms: 2000, value: 1 });
    pool.resize(2);
    await until(() => pool.status().workers.length === 2);
    pool.resize(1);
    expect(await task).toMatchObject({ state: 'done', value: 1, attempts: 1, worker: 1 });
    expect(pool.status()).toMatchObject({ deaths: 0, live: 1 });
  });
});
