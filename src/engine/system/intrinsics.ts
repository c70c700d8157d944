/**
 * What JavaScript and Node provide, as it was when this file was loaded: before any module of the user. Coreloom's own code
 * in a worker calls these, so that what such a module replaces or breaks is its own concern and no other task's.
 */
const { call } = Function.prototype;

/** A method as a function that is given first what it is called on. */
function method<This, Args extends unknown[], Result>(
  of: (this: This, ...args: Args) => Result,
): (on: This, ...args: Args) => Result {
  return call.bind(of) as unknown as (on: This, ...args: Args) => Result;
}

export const { isArray } = Array;
export const { getPrototypeOf, is: isSame, keys: keysOf } = Object;
export const { floor, imul, max, min, round } = Math;
export const { compareExchange, store } = Atomics;
export const { stringify } = JSON;
const {
  Promise: Promised,
  clearTimeout: cancelTimer,
  setImmediate: soon,
  setTimeout: later,
  structuredClone: clone,
} = globalThis;
export { cancelTimer, clone, later, Promised, soon };

export const charCodeAt = method(String.prototype.charCodeAt);
export const sliced = method<string, [start?: number, end?: number], string>(String.prototype.slice);
export const timeOf = method(Date.prototype.getTime);
export const sorted = method<string[], [], string[]>(Array.prototype.sort);
export const bigintText = method<bigint, [radix?: number], string>(BigInt.prototype.toString);
export const tagOf = method<unknown, [], string>(Object.prototype.toString);
export const forEachOfMap = method<ReadonlyMap<unknown, unknown>, [(value: unknown, key: unknown) => void], unknown>(
  Map.prototype.forEach,
);
export const forEachOfSet = method<ReadonlySet<unknown>, [(value: unknown) => void], unknown>(Set.prototype.forEach);

/** Ends this process, or in a thread this thread, whatever became of `process.exit` since. */
export const exit = process.exit.bind(process);

/** Adds to a list without its own method. */
export function append<T>(list: T[], value: T): void {
  list[list.length] = value;
}
