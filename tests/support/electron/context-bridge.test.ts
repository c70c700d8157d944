import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contextBridge } from './page/context-bridge';

interface Echo {
  give(value: unknown): unknown;
  fail(error: unknown): never;
  later(value: unknown): Promise<unknown>;
}

let received: unknown[];
let echo: Echo;
const page = (): Record<string, unknown> => globalThis.window as unknown as Record<string, unknown>;

beforeEach(() => {
  vi.stubGlobal('window', {});
  received = [];
  contextBridge.exposeInMainWorld('echo', {
    give: (value: unknown) => {
      received.push(value);
      return value;
    },
    fail: (error: unknown) => {
      throw error;
    },
    later: (value: unknown) => Promise.resolve(value),
  });
  echo = page()['echo'] as Echo;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the bridge between the worlds', () => {
  it('exposes an API frozen at every depth, once, without the methods of a class', () => {
    class Api {
      readonly data = { list: [1] };
      readonly own = (): number => 1;
      inherited(): number {
        return 2;
      }
    }
    contextBridge.exposeInMainWorld('api', new Api());
    const api = page()['api'] as Api;
    expect(Object.keys(api)).toEqual(['data', 'own']);
    expect([api, api.data, api.data.list].every((part) => Object.isFrozen(part))).toBe(true);
    expect(() => {
      contextBridge.exposeInMainWorld('api', {});
    }).toThrow('Cannot bind an API on top of an existing property');
  });

  it('copies data without prototypes, and keeps what is shared', () => {
    class Point {
      readonly x = 1;
    }
    const shared = new Point();
    const copy = echo.give([shared, shared, new Map([[1, shared]]), new Date(5)]) as Point[];
    expect(copy).toStrictEqual([{ x: 1 }, { x: 1 }, new Map([[1, { x: 1 }]]), new Date(5)]);
    expect(copy[0]).toBe(copy[1]);
    expect(received[0]).not.toBe(copy);
  });

  it('takes an object that holds itself, and no list that does', () => {
    const object: Record<string, unknown> = {};
    object['self'] = object;
    const copy = echo.give(object) as typeof object;
    expect(copy['self']).toBe(copy);
    const list: unknown[] = [];
    list.push(list);
    expect(() => echo.give(list)).toThrow('recursion depth exceeded');
  });

  it('takes objects that are nested 500 deep, and no more', () => {
    const nested = (depth: number): object => (depth === 0 ? {} : { within: nested(depth - 1) });
    expect(echo.give(nested(499))).toStrictEqual(nested(499));
    expect(() => echo.give(nested(500))).toThrow('recursion depth exceeded');
  });

  it.each<[string, unknown]>([
    ['proxies', new Proxy({}, {})],
    ['a proxy inside of data', [{ a: new Proxy([], {}) }]],
    ['symbols', Symbol('x')],
    ['objects of the browser', new Blob(['a'])],
  ])('refuses %s', (_what, value) => {
    expect(() => echo.give(value)).toThrow('An object could not be cloned.');
    expect(received).toEqual([]);
  });

  it('carries of an error its message alone, thrown or given, at once or later', async () => {
    const error = Object.assign(new RangeError('too far', { cause: 1 }), { code: 'far' });
    const thrown = (): unknown => {
      try {
        return echo.fail(error);
      } catch (caught) {
        return caught;
      }
    };
    const rejected = await echo.later(Promise.reject(error)).catch((caught: unknown) => caught);
    const [within] = echo.give([error]) as unknown[];
    for (const arrived of [thrown(), echo.give(error), within, rejected])
      expect([(arrived as Error).name, (arrived as Error).message, Object.keys(arrived as Error)]).toEqual([
        'Error',
        'too far',
        [],
      ]);
    expect(() => echo.fail('text')).toThrow('a valid exception was not thrown');
  });

  it('hands functions over in both directions, and one that comes back as itself', () => {
    const listener = vi.fn((value: unknown) => value);
    expect(echo.give(listener)).toBe(listener);
    const inside = received[0] as (value: unknown) => unknown;
    expect(inside).not.toBe(listener);
    expect(() => inside(new Proxy({}, {}))).toThrow('An object could not be cloned.');
    const given = { a: 1 };
    expect(inside(given)).toStrictEqual({ a: 1 });
    expect(listener.mock.calls[0]?.[0]).not.toBe(given);
  });
});
