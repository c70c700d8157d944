import { afterEach, describe, expect, it } from 'vitest';
import { Pool } from '../../../src/engine/pool/pool';
import type { StartWorker } from '../../../src/engine/worker';
import { until } from './support/pools';

/** Workers of a system that has room for so many: more that start together with others are all refused, each in its turn. */
function roomFor(most: number | (() => number), started: (end: () => void) => void = () => undefined): StartWorker {
  const room = typeof most === 'number' ? () => most : most;
  let there = 0;
  return (_worker, events) => {
    there += 1;
    const ended = (refused: boolean): void => {
      there -= 1;
      events.ended({ code: refused ? 1 : 0, signal: null, reason: 'EMFILE: too many open files', refused });
    };
    setImmediate(() => {
      if (there <= room()) {
        events.ready({ pid: 1, tid: there });
        started(() => {
          ended(false);
        });
      } else setImmediate(ended, true);
    });
    return {
      pid: 1,
      send: ([first, ...values]) => {
        setImmediate(() => {
          events.results({ first, values, failures: [], stamps: values.flatMap(() => [1, 2]) });
        });
      },
      room: () => 100,
      ping: () => {
        setImmediate(events.pong);
      },
      recall: () => undefined,
      lastStarted: () => null,
      stop: () => {
        setImmediate(ended, false);
      },
      kill: () => {
        setImmediate(ended, false);
      },
    };
  };
}

/** Workers of a system that refuses each at once. */
const noRoom: StartWorker = () => {
  throw Object.assign(new Error('spawn EAGAIN'), { code: 'EAGAIN' });
};

describe('a system without room for all workers', () => {
  let pool: Pool<number, number>;
  afterEach(() => pool.close());

  it('is given a single one once all that started together were refused', async () => {
    pool = new Pool<number, number>({ name: 'threads', start: roomFor(1) });
    pool.resize(8);
    await expect(pool.ready()).rejects.toMatchObject({
      code: 'worker-limit',
      message: expect.stringContaining('Only 1 of 8') as string,
    });
    expect(await pool.submit(7)).toMatchObject({ state: 'done', value: 7 });
  });

  it('fails what waits where it has no room for a single one', async () => {
    pool = new Pool<number, number>({ name: 'threads', start: roomFor(0) });
    pool.resize(3);
    const waiting = pool.submit(7);
    await expect(pool.ready()).rejects.toMatchObject({ code: 'worker-limit' });
    expect(await waiting).toMatchObject({ state: 'failed', error: { code: 'worker-limit' } });
  });

  it('fails what waits where it refuses the first outright', async () => {
    pool = new Pool<number, number>({ name: 'threads', start: noRoom });
    pool.resize(3);
    await expect(pool.ready()).rejects.toMatchObject({
      code: 'worker-limit',
      message: expect.stringMatching(
        /^Only 0 of 3 workers of threads could be started, because .*; raise that limit or use fewer workers\.$/,
      ) as string,
    });
  });

  it.each([0, 1])('is not complained of where %d are wanted by the time the others are refused', async (wanted) => {
    pool = new Pool<number, number>({ name: 'threads', start: roomFor(1) });
    const warnings: string[] = [];
    pool.on((event) => {
      if (event.type === 'warning') warnings.push(event.warning.message);
    });
    pool.resize(8);
    await new Promise(setImmediate);
    pool.resize(wanted);
    await until(() => pool.status().workers.length === wanted);
    expect(warnings).toEqual([]);
  });

  it('replaces the one it had room for when that ends, and fails nothing that waits', async () => {
    const ends: (() => void)[] = [];
    pool = new Pool<number, number>({ name: 'threads', start: roomFor(1, (end) => ends.push(end)) });
    pool.resize(8);
    await expect(pool.ready()).rejects.toMatchObject({ code: 'worker-limit' });
    const waiting = [1, 2, 3].map((value) => pool.submit(value));
    ends.at(-1)?.();
    expect((await Promise.all(waiting)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(pool.status()).toMatchObject({ live: 1, queued: 0 });
  });

  it('fails what waits once it has no more room for the one it had room for either', async () => {
    const ends: (() => void)[] = [];
    let room = 1;
    pool = new Pool<number, number>({
      name: 'threads',
      start: roomFor(
        () => room,
        (end) => ends.push(end),
      ),
    });
    pool.resize(8);
    await expect(pool.ready()).rejects.toMatchObject({ code: 'worker-limit' });
    room = 0;
    const waiting = pool.submit(1);
    ends.at(-1)?.();
    expect(await waiting).toMatchObject({ state: 'failed', error: { code: 'worker-limit' } });
  });
});
