import { afterEach, expect, it } from 'vitest';
import type { ExecutorEvent } from '../../../src/engine/executor';
import { Pool } from '../../../src/engine/pool/pool';
import { MOST_BEGINNINGS } from '../../../src/engine/pool/task';
import type { PoolWorker, StartWorker, TaskBatch, WorkerEvents, WorkerExit } from '../../../src/engine/worker';
import { nowMs } from '../../../src/engine/system/clock';

/** What a worker of these tests does with its tasks. */
type Deed = (worker: { batch: TaskBatch; events: WorkerEvents; end(exit?: Partial<WorkerExit>): void }) => void;

/** Workers that are ready at once and do this with what they are sent; counted as they live. */
function workersThat(does: Deed): { start: StartWorker; counts: { started: number; live: number; most: number } } {
  const counts = { started: 0, live: 0, most: 0 };
  const start: StartWorker = (_worker, events) => {
    counts.started += 1;
    counts.live += 1;
    counts.most = Math.max(counts.most, counts.live);
    let sent: TaskBatch = [0];
    let over = false;
    const end = (exit: Partial<WorkerExit> = {}): void => {
      if (over) return;
      over = true;
      counts.live -= 1;
      events.ended({ code: 0, signal: null, reason: null, ...exit });
    };
    setImmediate(() => {
      events.ready({ pid: process.pid, tid: null });
    });
    const worker: PoolWorker = {
      pid: process.pid,
      send: (batch) => {
        sent = batch;
        setImmediate(() => {
          does({ batch, events, end });
        });
      },
      room: () => 100,
      ping: () => {
        setImmediate(events.pong);
      },
      recall: () => {
        setImmediate(() => {
          events.returned(sent[0]);
        });
      },
      lastStarted: () => ({ seq: sent[0], startedMs: nowMs() }),
      stop: () => {
        setImmediate(end);
      },
      kill: () => {
        setImmediate(end);
      },
    };
    return worker;
  };
  return { start, counts };
}

const pools: Pool<number, number>[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function poolOf(start: StartWorker): { pool: Pool<number, number>; events: ExecutorEvent[] } {
  const pool = new Pool<number, number>({ name: 'threads', start });
  const events: ExecutorEvent[] = [];
  pool.on((event) => events.push(event));
  pools.push(pool);
  return { pool, events };
}

const warnings = (events: readonly ExecutorEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));

it('starts no more workers once five in a row broke without a finished task, and says how the last one did', async () => {
  const { start, counts } = workersThat(({ events }) => {
    events.fault('Error: push (at poll.mjs:1:38)');
  });
  const { pool } = poolOf(start);
  pool.resize(1);
  const outcome = await pool.submit(1);
  expect(outcome).toMatchObject({
    state: 'failed',
    error: { code: 'worker-unusable', message: expect.stringContaining('Error: push (at poll.mjs:1:38)') },
  });
  // The sixth was there already.
  expect(counts.started).toBe(6);
  expect(counts.most).toBeLessThanOrEqual(3);
});

it('gives up workers that say what cannot be believed', async () => {
  const { start, counts } = workersThat(({ events }) => {
    events.results({ first: 77, values: [1], failures: [], stamps: [0, 0] });
  });
  const { pool } = poolOf(start);
  pool.resize(1);
  expect(await pool.submit(1)).toMatchObject({
    state: 'failed',
    error: { code: 'worker-died', message: expect.stringContaining('it answered tasks that it did not have') },
  });
  expect(counts.started).toBeLessThanOrEqual(4);
});

it('begins no task more often than eight times, also where nobody is to blame for the ends of its workers', async () => {
  const { start } = workersThat(({ end }) => {
    end({ collateral: 'kill' });
  });
  const { pool } = poolOf(start);
  pool.resize(1);
  const outcome = await pool.submit(1);
  expect(outcome).toMatchObject({
    state: 'failed',
    attempts: MOST_BEGINNINGS,
    error: { code: 'worker-died', message: expect.stringContaining(`was started ${String(MOST_BEGINNINGS)} times`) },
  });
});

it('has no more than two workers above the wanted number, however often they are replaced', async () => {
  const { start, counts } = workersThat(({ batch: [first, value], events }) => {
    const atMs = nowMs();
    events.results({ first, values: [value], failures: [], stamps: [atMs, atMs] });
    events.fault('once more');
  });
  const { pool } = poolOf(start);
  pool.resize(3);
  const outcomes = await Promise.all(Array.from({ length: 30 }, (_, value) => pool.submit(value)));
  expect(outcomes.map(({ state }) => state)).toEqual(outcomes.map(() => 'done'));
  expect(counts.started).toBeGreaterThan(10);
  expect(counts.most).toBeLessThanOrEqual(5);
});

it.each([
  ['none', []],
  ['no numbers', [NaN, NaN]],
  ['before the task was sent', [0, 1]],
  ['backwards', [Number.MAX_SAFE_INTEGER, 1]],
  ['in the future', [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
  ['negative', [-5, -4]],
])('counts a task whose times are %s, without them, and tells it once', async (_what, stamps) => {
  const { start } = workersThat(({ batch: [first, value], events }) => {
    events.results({ first, values: [value], failures: [], stamps });
  });
  const { pool, events } = poolOf(start);
  pool.resize(1);
  const beforeMs = nowMs();
  for (const value of [1, 2, 3]) {
    const outcome = await pool.submit(value);
    expect(outcome).toMatchObject({ state: 'done', value, startedMs: null });
    expect(outcome.finishedMs).toBeGreaterThanOrEqual(beforeMs);
  }
  expect(warnings(events)).toEqual(['times-impossible']);
});

it('shows nothing that a worker says of its end, or where, as it came', async () => {
  const hostile = '\u001b[2Jtask.mjs:1';
  const { start } = workersThat(({ end }) => {
    end({ code: 1, reason: hostile, place: hostile, called: hostile, moduleSaid: hostile });
  });
  const { pool, events } = poolOf(start);
  pool.resize(1);
  const outcome = await pool.submit(1);
  expect(outcome).toMatchObject({ state: 'failed', exit: { place: expect.stringContaining('task.mjs:1') as string } });
  expect(JSON.stringify([outcome, events])).not.toContain('\\u001b');
});

it('nor the place of what was thrown in it', async () => {
  const { start } = workersThat(({ events }) => {
    events.fault('\u001b[2Jpush', '\u001b[2Jtask.mjs:1');
  });
  const { pool, events } = poolOf(start);
  pool.resize(1);
  const outcome = await pool.submit(1);
  expect(outcome).toMatchObject({ state: 'failed', exit: { place: expect.stringContaining('task.mjs:1') as string } });
  expect(JSON.stringify([outcome, events])).not.toContain('\\u001b');
});

it('leaves a worker alone that says it has room while it has yet to give back an aborted task', async () => {
  const abort = new AbortController();
  const { start, counts } = workersThat(({ events }) => {
    abort.abort();
    events.room();
  });
  const { pool } = poolOf(start);
  pool.resize(1);
  expect((await pool.submit(1, { signal: abort.signal })).state).toBe('cancelled');
  expect(counts).toMatchObject({ started: 1, live: 1 });
});
