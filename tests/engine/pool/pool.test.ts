import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nowMs } from '../../../src/engine/system/clock';
import type { ExecutorEvent } from '../../../src/engine/executor';
import { oomScore } from '../../support/oom-score';
import { errorOf, POOLS, until, valueOf, type TestOutcome, type TestPool } from './support/pools';

describe.each(POOLS)('the pool of $title', ({ name, hosted, create }) => {
  let pool: TestPool;
  beforeEach(() => {
    pool = create();
  });
  afterEach(async () => {
    await pool.close();
  });

  it('returns results with the workers that made them', async () => {
    pool.resize(2);
    const values = await Promise.all(
      Array.from({ length: 500 }, async (_, value) => valueOf(await pool.submit({ kind: 'echo', value }))),
    );
    expect(values).toEqual(Array.from({ length: 500 }, (_, value) => value));
    expect(valueOf(await pool.submit({ kind: 'who' }))).toMatch(new RegExp(`^${name} [12]$`));
  });

  it('stamps every task on one clock: queued, started, finished, in this order and in truth', async () => {
    pool.resize(1);
    const beforeMs = nowMs();
    const outcomes = await Promise.all([1, 2, 3].map((value) => pool.submit({ kind: 'spin', ms: 5, value })));
    const afterMs = nowMs();
    let lastMs = beforeMs;
    for (const outcome of outcomes) {
      if (outcome.state !== 'done' || outcome.startedMs === null) throw new Error(outcome.state);
      expect(outcome.queuedMs).toBeGreaterThanOrEqual(beforeMs);
      expect(outcome.startedMs).toBeGreaterThanOrEqual(Math.max(outcome.queuedMs, lastMs));
      expect(outcome.finishedMs - outcome.startedMs).toBeGreaterThanOrEqual(4.99);
      expect(outcome.finishedMs).toBeLessThanOrEqual(afterMs);
      lastMs = outcome.finishedMs;
    }
    expect(outcomes.map((outcome) => [outcome.id, outcome.attempts, outcome.worker])).toEqual(
      [0, 1, 2].map((id) => [id, 1, 1]),
    );
  });

  it('starts tasks first in, first out', async () => {
    pool.resize(1);
    const settled: unknown[] = [];
    await Promise.all(
      Array.from({ length: 300 }, async (_, value) =>
        settled.push(valueOf(await pool.submit({ kind: 'echo', value }))),
      ),
    );
    expect(settled).toEqual(Array.from({ length: 300 }, (_, value) => value));
  });

  it('keeps two workers busy from a source and settles each of its tasks once', async () => {
    pool.resize(2);
    await pool.ready();
    const seen = new Map<unknown, TestOutcome>();
    let next = 0;
    await pool.feed({
      next: () => (next < 2000 ? { kind: 'spin', ms: 0.05, value: next++ } : undefined),
      settled: (outcome) => {
        expect(seen.has(valueOf(outcome))).toBe(false);
        seen.set(valueOf(outcome), outcome);
      },
    });
    expect(seen.size).toBe(2000);
    expect(new Set([...seen.values()].map((outcome) => outcome.worker))).toEqual(new Set([1, 2]));
  });

  it('gives an idle worker what waits behind a task that turns out to be long', async () => {
    pool.resize(2);
    await pool.ready();
    // Short tasks teach the pool to hand several over at a time.
    await Promise.all(Array.from({ length: 200 }, () => pool.submit({ kind: 'echo' })));
    const [long, ...short] = await Promise.all([
      pool.submit({ kind: 'spin', ms: 1000 }),
      ...Array.from({ length: 40 }, (_, value) => pool.submit({ kind: 'echo', value })),
    ]);
    expect(short.map(valueOf)).toEqual(Array.from({ length: 40 }, (_, value) => value));
    expect(short.every((outcome) => outcome.attempts === 1 && outcome.finishedMs < long.finishedMs)).toBe(true);
  });

  it('asks a source for no more than its workers are about to take', async () => {
    pool.resize(1);
    let asked = 0;
    let settled = 0;
    let ahead = 0;
    await pool.feed({
      next: () => {
        ahead = Math.max(ahead, asked - settled);
        return asked++ < 40 ? { kind: 'spin', ms: 4 } : undefined;
      },
      settled: () => {
        settled += 1;
      },
    });
    expect(settled).toBe(40);
    expect(ahead).toBeLessThanOrEqual(4);
  });

  it('passes on what a source throws, after its other tasks are settled', async () => {
    pool.resize(1);
    let settled = 0;
    let asked = 0;
    const feeding = pool.feed({
      next: () => {
        if (++asked === 4) throw new Error('no more paper');
        return { kind: 'echo', value: asked };
      },
      settled: () => {
        settled += 1;
      },
    });
    await expect(feeding).rejects.toThrow('no more paper');
    expect(settled).toBe(3);
  });

  it('tells of each worker: process, thread, start-up and hand-over time', async () => {
    const events: ExecutorEvent[] = [];
    pool.on((event) => events.push(event));
    pool.resize(2);
    await pool.ready();
    const { desired, live, queued, workers } = pool.status();
    expect({ desired, live, queued }).toEqual({ desired: 2, live: 2, queued: 0 });
    for (const worker of workers) {
      expect(worker.state).toEqual({ state: 'idle' });
      expect(worker.startUpMs).toBeGreaterThan(1);
      expect(worker.handOverUs).toBeGreaterThan(1);
      expect(worker.pid === process.pid).toBe(name === 'threads' && !hosted);
      if (process.platform === 'linux') expect(worker.tid).toBeGreaterThan(1);
      // Where memory runs out, workers go first and what measures them stays.
      if (process.platform === 'linux' && worker.pid !== process.pid)
        expect(oomScore(worker.pid)).toBe(Math.min(1000, oomScore('self') + 500));
    }
    expect(events.filter((event) => event.type === 'worker-ready')).toHaveLength(2);
    expect(events.findLast((event) => event.type === 'resized')).toEqual({ type: 'resized', desired: 2, live: 2 });
  });

  it('shows which task a worker runs, and since when', async () => {
    pool.resize(1);
    await pool.ready();
    const beforeMs = nowMs();
    const running = pool.submit({ kind: 'spin', ms: 100 });
    const waiting = pool.submit({ kind: 'echo' });
    await until(() => pool.status().workers[0]?.state.state === 'running');
    const { workers, queued } = pool.status();
    const state = workers[0]?.state;
    if (state?.state !== 'running') throw new Error('It is not running.');
    expect(state.task).toBe(0);
    expect(state.sinceMs).toBeGreaterThanOrEqual(beforeMs);
    expect(state.sinceMs).toBeLessThanOrEqual(nowMs());
    expect(queued).toBe(1);
    await Promise.all([running, waiting]);
  });

  it('hands on the lines that a task prints, as they come', async () => {
    const lines: string[] = [];
    pool.on((event) => {
      if (event.type === 'line') lines.push(`${String(event.worker)} ${event.text}`);
    });
    pool.resize(1);
    await pool.submit({ kind: 'print', text: 'one' });
    await pool.submit({ kind: 'log', text: 'two' });
    await until(() => lines.length === 3);
    expect(lines.toSorted()).toEqual(['1 one', '1 two', '1 two!']);
  });

  it('resolves drain when nothing waits or runs', async () => {
    await pool.drain();
    pool.resize(2);
    let settled = 0;
    for (let i = 0; i < 50; i += 1) void pool.submit({ kind: 'echo' }).then(() => (settled += 1));
    await pool.drain();
    await Promise.resolve();
    expect(settled).toBe(50);
    expect(pool.status().queued).toBe(0);
  });

  it('gives its workers a small environment and no arguments of its own runtime', async () => {
    pool.resize(1);
    const { keys, execArgv } = valueOf(await pool.submit({ kind: 'environment' })) as {
      keys: string[];
      execArgv: string[];
    };
    expect(execArgv).toEqual([]);
    expect(keys).not.toContain('NODE_OPTIONS');
    expect(keys).not.toContain('VITEST');
  });

  it.each([Number.NaN, -1, 1.5, 1e9, Number.POSITIVE_INFINITY, '2', null])('refuses %s workers', (count) => {
    expect(() => {
      pool.resize(count as number);
    }).toThrow(/whole number from 0 to 1024/);
    expect(pool.status().desired).toBe(0);
  });

  it('refuses more tasks than may wait, and takes some again once others have run', async () => {
    const limited = create({ maxQueued: 3 });
    try {
      const waiting = [1, 2, 3].map((value) => limited.submit({ kind: 'echo', value }));
      expect(() => limited.submit({ kind: 'echo' })).toThrow(
        /3 tasks are queued for .*, which is the limit; wait until some have run/,
      );
      limited.resize(1);
      await Promise.all(waiting);
      expect(valueOf(await limited.submit({ kind: 'echo', value: 4 }))).toBe(4);
    } finally {
      await limited.close();
    }
  });

  it('refuses an argument that cannot be cloned, at once', () => {
    pool.resize(1);
    expect(() => pool.submit({ kind: 'echo', value: () => 1 })).toThrow(/cannot be sent to a worker/);
    expect(() => pool.submit({ kind: 'echo', value: [{ deep: Symbol('x') }] })).toThrow(/cannot be sent to a worker/);
  });

  it('fails only the task of a source whose argument cannot be cloned', async () => {
    pool.resize(1);
    const outcomes: TestOutcome[] = [];
    let next = 0;
    await pool.feed({
      next: () => (next < 50 ? { kind: 'echo', value: ++next === 25 ? () => 1 : next } : undefined),
      settled: (outcome) => outcomes.push(outcome),
    });
    expect(outcomes.filter((outcome) => outcome.state === 'done')).toHaveLength(49);
    expect(outcomes.find((outcome) => outcome.state === 'failed')).toMatchObject({
      id: 24,
      attempts: 0,
      error: { code: 'task-not-cloneable' },
    });
  });

  it('goes on where the only task there is cannot be cloned', async () => {
    pool.resize(1);
    await pool.ready();
    const outcomes: TestOutcome[] = [];
    let next = 0;
    await pool.feed({
      next: () => (next < 2 ? { kind: 'echo', value: ++next === 1 ? () => 1 : next } : undefined),
      settled: (outcome) => outcomes.push(outcome),
    });
    expect(outcomes.map(({ id, state }) => [id, state])).toEqual([
      [0, 'failed'],
      [1, 'done'],
    ]);
    await pool.drain();
  });

  it('takes a task from those that wait to be let in as soon as a worker has taken the one before', async () => {
    const limited = create({ maxQueued: 1 });
    try {
      limited.resize(2);
      await limited.ready();
      const settled: Promise<TestOutcome>[] = [];
      for (let task = 0; task < 2; task += 1) settled.push((await limited.enqueue({ kind: 'pause', ms: 300 })).outcome);
      const [first, second] = await Promise.all(settled);
      expect(second?.startedMs).toBeLessThan(first?.finishedMs ?? 0);
    } finally {
      await limited.close();
    }
  });

  it.each([0, -1, Number.NaN])('refuses a deadline of %d ms, and takes one that never comes', async (deadlineMs) => {
    pool.resize(1);
    expect(() => pool.submit({ kind: 'echo' }, { deadlineMs })).toThrow(
      /deadline of a task must be a number of ms above 0/,
    );
    expect(valueOf(await pool.submit({ kind: 'echo', value: 1 }, { deadlineMs: Number.POSITIVE_INFINITY }))).toBe(1);
  });

  it.each([
    ['throw', { message: 'too far' }, 'The task threw RangeError: too far.'],
    ['throw-number', {}, 'The task threw number 42 (not an Error).'],
    ['throw-nothing', {}, 'The task threw undefined undefined (not an Error).'],
    ['throw-strange', {}, 'The task threw a value that cannot be shown.'],
    ['reject', {}, 'The task threw Error: rejected.'],
    ['unhandled-then-return', { value: 1 }, 'The task threw Error: left behind.'],
  ])('fails a task that does "%s" and keeps its worker', async (kind, more, message) => {
    pool.resize(1);
    const outcomes = await Promise.all([
      pool.submit({ kind: 'echo', value: 'before' }),
      pool.submit({ kind, ...more }),
      pool.submit({ kind: 'echo', value: 'after' }),
    ]);
    expect(outcomes[1]).toMatchObject({ state: 'failed', attempts: 1, error: { code: 'task-threw', message } });
    expect([outcomes[0], outcomes[2]].map(valueOf)).toEqual(['before', 'after']);
    expect(pool.status()).toMatchObject({ deaths: 0, workers: [{ worker: 1 }] });
  });

  it.each(['unhandled-while-running', 'exception-outside'])(
    'fails a task that does "%s" and replaces its worker, which may still run its code',
    async (kind) => {
      pool.resize(1);
      const outcomes = await Promise.all([
        pool.submit({ kind: 'echo' }),
        pool.submit({ kind }),
        pool.submit({ kind: 'echo' }),
      ]);
      expect(outcomes.map((outcome) => outcome.state)).toEqual(['done', 'failed', 'done']);
      expect(errorOf(outcomes[1] as TestOutcome).code).toBe('task-threw');
      expect(outcomes[2]?.worker).toBe(2);
      expect(pool.status().deaths).toBe(0);
    },
  );

  it('fails a task whose result cannot be cloned, and no other of its batch', async () => {
    pool.resize(1);
    const kinds = ['echo', 'echo', 'function', 'echo', 'function', 'echo'];
    const outcomes = await Promise.all(kinds.map((kind) => pool.submit({ kind })));
    expect(outcomes.map((outcome) => outcome.state)).toEqual(
      kinds.map((kind) => (kind === 'function' ? 'failed' : 'done')),
    );
    expect(errorOf(outcomes[2] as TestOutcome).code).toBe('task-not-cloneable');
  });

  it('fails a task whose result only another thread of the process could have', async () => {
    pool.resize(1);
    const outcomes = await Promise.all(['echo', 'shared', 'echo'].map((kind) => pool.submit({ kind })));
    const own = name === 'processes' || hosted;
    expect(outcomes.map((outcome) => outcome.state)).toEqual(['done', own ? 'failed' : 'done', 'done']);
    if (own) expect(errorOf(outcomes[1] as TestOutcome).code).toBe('task-not-cloneable');
    expect(pool.status().deaths).toBe(0);
  });
});
