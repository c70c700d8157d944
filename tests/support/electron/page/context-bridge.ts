import { REFUSED, tagOf, VIEWS } from '../codec';

const NOT_AN_ERROR =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';
const TOO_DEEP = 'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.';
const MAX_DEPTH = 1000;
/** What crosses as structured clone makes it. */
const CLONED = new Set(['Date', 'RegExp', 'Map', 'Set', 'ArrayBuffer', 'Number', 'String', 'Boolean', ...VIEWS]);

type Callable = (this: unknown, ...args: unknown[]) => unknown;
/** Functions that came over the bridge, with those that they stand for: sent back, they are these again. */
const originals = new WeakMap<Callable, Callable>();

const isError = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && tagOf(value) === 'Error';

/**
 * What crosses from one world to the other: functions as functions, promises as promises, errors as their message alone,
 * data as copies without prototypes. Stricter than Electron in one point: functions, symbols, promises and objects of the
 * browser inside of data are refused, as only cloning the whole tells a Proxy (a reactive object of a view library), which
 * Electron refuses.
 */
function cross(value: unknown): unknown {
  if (typeof value === 'function') return crossFunction(value as Callable, undefined);
  if (value instanceof Promise) {
    return value.then(cross, (error: unknown) => {
      throw cross(error);
    });
  }
  if (isError(value)) return new Error(value.message);
  return copy(cloned(value), new Map(), 0);
}

function cloned(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw new Error(REFUSED);
  }
}

/** An array is known only once its items are: one that holds itself is too deep, an object that does is not. */
function copy(value: unknown, known: Map<object, unknown>, depth: number): unknown {
  if (depth >= MAX_DEPTH) throw new TypeError(TOO_DEEP);
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  if (isError(value)) return new Error(value.message);
  if (Array.isArray(value)) {
    const items = Array.from(value, (item) => copy(item, known, depth + 1));
    known.set(value, items);
    return items;
  }
  if (tagOf(value) === 'Object') return copyObject(value, known, depth);
  if (!CLONED.has(tagOf(value))) throw new Error(REFUSED);
  known.set(value, value);
  return value;
}

/** Objects count twice, as in Electron. */
function copyObject(value: object, known: Map<object, unknown>, depth: number): object {
  const made = {};
  known.set(value, made);
  for (const [key, entry] of Object.entries(value)) define(made, key, copy(entry, known, depth + 2));
  return made;
}

/** Defined, not assigned: `__proto__` stays a key. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function crossFunction(inner: Callable, receiver: unknown): Callable {
  const original = originals.get(inner);
  if (original !== undefined) return original;
  const outer: Callable = (...args) => {
    const crossed = args.map(cross);
    return cross(called(inner, receiver, crossed));
  };
  originals.set(outer, inner);
  return outer;
}

/** What is thrown crosses as an error with the same message; its name, code and cause are lost. */
function called(inner: Callable, receiver: unknown, args: unknown[]): unknown {
  try {
    return inner.apply(receiver, args);
  } catch (thrown) {
    const message: unknown =
      typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : null;
    throw new Error(typeof message === 'string' ? message : NOT_AN_ERROR);
  }
}

/** An API may hold functions at any depth; of an instance of a class its own properties come, and no methods. */
function crossApi(value: unknown, receiver: unknown): unknown {
  if (typeof value === 'function') return crossFunction(value as Callable, receiver);
  if (typeof value !== 'object' || value === null || tagOf(value) !== 'Object') return cross(value);
  const made = {};
  for (const [key, entry] of Object.entries(value)) define(made, key, crossApi(entry, value));
  return made;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

export const contextBridge = {
  exposeInMainWorld(key: string, api: unknown): void {
    if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(window, key, {
      value: deepFreeze(crossApi(api, undefined)),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  },
};
