import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { frame, Frames, fromSteps, toSteps } from '../../../src/engine/pool/wire';
import { isLight, parcels, packed, unpacked, valuesOf } from '../../../src/engine/pool/values';
import type { TaskBatch } from '../../../src/engine/worker';
import { errorOf, POOLS, until, valueOf, type TestPool } from './support/pools';

describe.each(POOLS)('what goes through the pool of $title', ({ name, hosted, create }) => {
  /** Only threads of this process can be given its memory. */
  const moves = name === 'threads' && !hosted;
  let pool: TestPool;
  beforeEach(async () => {
    pool = create();
    pool.resize(1);
    await pool.ready();
  });
  afterEach(async () => {
    await pool.close();
  });

  it('comes back as it went, small and large, in order, whatever JSON makes of it', async () => {
    const values = [
      1,
      -0,
      NaN,
      undefined,
      null,
      'ä\u2028',
      'x'.repeat(300_000),
      new Map([[1, { deep: [new Date(5)] }]]),
      [1, undefined, 3],
      { gone: undefined },
      10n,
      new Float64Array([1.5, 2]),
      'short',
    ];
    const outcomes = await Promise.all(values.map((value) => pool.submit({ kind: 'echo', value })));
    outcomes.forEach((outcome, at) => {
      expect(valueOf(outcome)).toStrictEqual(values[at]);
    });
  });

  it('comes back as it went where many of one shape go together', async () => {
    const values = Array.from(
      { length: 200 },
      (_, at) => [at, -0, NaN, undefined, null, `text ${String(at)}`, 'x'.repeat(400), 10n, true][at % 9],
    );
    const outcomes = await Promise.all(values.map((value) => pool.submit({ kind: 'echo', value })));
    outcomes.forEach((outcome, at) => {
      expect(valueOf(outcome)).toBe(values[at]);
    });
  });

  it('goes to an idle worker where it waits behind a long task, also while it is still on its way, and runs once', async () => {
    pool.resize(2);
    await pool.ready();
    const text = 'x'.repeat(2 ** 20);
    // Short ones first, so that several are given to a worker at a time.
    await Promise.all(Array.from({ length: 200 }, (_, value) => pool.submit({ kind: 'echo', value })));
    for (let round = 0; round < 15; round += 1) {
      const outcomes = await Promise.all([
        pool.submit({ kind: 'spin', ms: 15, value: text }),
        ...Array.from({ length: 9 }, (_, at) => pool.submit({ kind: 'echo', value: `${String(at)}${text}` })),
      ]);
      expect(outcomes.map((outcome) => [outcome.attempts, (valueOf(outcome) as string).length])).toEqual(
        outcomes.map((_, at) => [1, text.length + (at === 0 ? 0 : 1)]),
      );
    }
    expect(pool.status().deaths).toBe(0);
  });

  it('may be memory, and then is no window on a larger block', async () => {
    const back = valueOf(await pool.submit({ kind: 'echo', value: new Uint8Array([1, 2, 3]) })) as Uint8Array;
    expect([...back]).toEqual([1, 2, 3]);
    // Node's own channel, over which a host is spoken to, does hand out windows.
    if (!hosted) expect(back.buffer.byteLength).toBe(3);
  });

  it('is copied for each task where it is given twice', async () => {
    const shared = { kind: 'count-up', count: 0 };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => pool.submit(shared)));
    expect(outcomes.map(valueOf)).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('is moved to threads of this process and copied for others where it may be', async () => {
    const value = new Uint8Array(2 ** 20).fill(7);
    expect(valueOf(await pool.submit({ kind: 'sum', value }, { transfer: [value.buffer] }))).toBe(7 * 2 ** 20);
    expect(value.byteLength).toBe(moves ? 0 : 2 ** 20);
  });

  it('fails a task whose moved memory is lost with its worker, and runs a copied one again', async () => {
    const value = new Uint8Array(8);
    const running = pool.submit({ kind: 'exit', code: 3, value }, { transfer: [value.buffer] });
    const outcome = await running;
    expect(errorOf(outcome).code).toBe('worker-died');
    expect(outcome.attempts).toBe(moves ? 1 : 3);
    await until(() => pool.status().live === 1);
  });
});

describe('frames', () => {
  it('put messages together from portions of any size', () => {
    const messages = [{ a: 1 }, 'x'.repeat(1000), [new Uint8Array([1, 2, 3])], null];
    const bytes = Buffer.concat(messages.map(frame));
    for (const size of [1, 3, 7, 500, bytes.length]) {
      const frames = new Frames();
      const got: unknown[] = [];
      const buffer = Buffer.alloc(size);
      for (let at = 0; at < bytes.length; at += size) {
        const count = bytes.copy(buffer, 0, at, at + size);
        // One buffer for all reads, as a worker has.
        frames.add(buffer.subarray(0, count));
        for (let next = frames.next(); next !== undefined; next = frames.next()) got.push(next.message);
      }
      expect(got).toEqual(messages);
    }
  });
});

describe('what JSON may carry', () => {
  it.each([1, 0, 1e300, 'text', true, null, { a: [1, { b: 'c' }] }, []])('is %j', (value) => {
    expect(isLight(value)).toBe(true);
    expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
  });
  const circle: Record<string, unknown> = {};
  circle['circle'] = circle;
  it.each([
    -0,
    NaN,
    Infinity,
    undefined,
    1n,
    'x'.repeat(257),
    new Date(),
    new Map(),
    { a: undefined },
    [undefined],
    [1, , 2],
    Object.assign([1], { name: 1 }),
    new Uint8Array(1),
    circle,
    new Array(40).fill(1),
    () => 1,
  ])('is not %s', (value) => {
    expect(isLight(value)).toBe(false);
  });
});

describe('records', () => {
  it.each<[string, unknown[]]>([
    ['one value that differs', [1, 2, 3].map((value) => ({ kind: 'a', value }))],
    ['values that JSON would change', [-0, 0, NaN, undefined, null, 10n].map((value) => ({ value, same: -0 }))],
    ['names that are numbers', [1, 2, 3].map((value) => ({ b: 1, 7: value, 1: 'x' }))],
    ['no names', [{}, {}, {}]],
  ])('carry plain objects of one shape: %s', (_name, objects) => {
    const batch: TaskBatch = [41, ...objects];
    const records = packed(batch);
    if (Array.isArray(records)) throw new Error('Records were expected.');
    const again = unpacked(structuredClone(records));
    expect(again).toStrictEqual(batch);
    again.forEach((object, at) => {
      if (at > 0) expect(Object.keys(object as object)).toEqual(Object.keys(batch[at] as object));
    });
  });

  it('say once what all have in common', () => {
    const records = packed([0, ...[1, 2, 3].map((value) => ({ kind: 'a', value }))]);
    expect(records).toEqual({
      type: 'records',
      first: 0,
      count: 3,
      keys: ['kind', 'value'],
      columns: ['a', [1, 2, 3]],
    });
    if (!Array.isArray(records)) expect(valuesOf(records)).toEqual(['a', 1, 2, 3]);
  });

  class Named {
    value = 1;
  }
  const plain = { value: 1 };
  it.each<[string, unknown[]]>([
    ['too few', [plain, plain]],
    ['another name', [plain, plain, { other: 1 }]],
    ['one name more', [plain, plain, { value: 1, more: 2 }]],
    ['one name less', [{ value: 1, more: 2 }, { value: 1, more: 2 }, plain]],
    [
      'another order',
      [
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    ['an object within', [plain, plain, { value: [] }]],
    ['a function, which is refused as ever', [plain, plain, { value: () => 1 }]],
    ['a class', [plain, plain, new Named()]],
    ['a text', [plain, plain, 'text']],
    ['null', [plain, plain, null]],
    ['an array', [[1], [1], [1]]],
    ['the name __proto__', Array.from({ length: 3 }, () => JSON.parse('{ "__proto__": 1 }') as unknown)],
  ])('carry nothing else: %s', (_name, objects) => {
    const batch: TaskBatch = [0, ...objects];
    expect(packed(batch)).toBe(batch);
  });
});

it('tells stamps in steps, and not a nanosecond is lost', () => {
  const stamps = [987_654_321.123456, 987_654_321.123999, 987_654_322, 987_654_999.5, 987_655_000.000001];
  const steps = toSteps(stamps);
  expect(steps.slice(1).every(Number.isInteger)).toBe(true);
  fromSteps(steps).forEach((stamp, at) => {
    expect(Math.abs(stamp - (stamps[at] as number)) * 1e6).toBeLessThan(0.5);
  });
  expect(fromSteps(toSteps([]))).toEqual([]);
});

it('parts tasks into messages: what is large alone, what is given twice in two, all in order', () => {
  const same = {};
  const task = (argument: unknown, large = false) => ({ argument, large });
  const tasks = [task(1), task(1), task(same), task({}), task(same), task('big', true), task(2), task(3)];
  const parted = parcels(tasks);
  expect(parted.flat()).toEqual(tasks);
  expect(parted.map((part) => part.length)).toEqual([4, 1, 1, 2]);
  const many = Array.from({ length: 100 }, (_, at) => task(at % 99 === 0 ? same : {}));
  expect(parcels(many).map((part) => part.length)).toEqual([99, 1]);
});
