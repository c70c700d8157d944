import { CoreloomError } from '../../contract/errors';
import { plain } from '../../contract/foreign-text';
import { append, clone as structuredCloned, getPrototypeOf, isArray, isSame, keysOf } from '../system/intrinsics';
import type { Failure, TaskBatch } from '../worker';

/** Objects nested deeper than this are left to the real clone algorithm. */
const DEEPEST_WALK = 8;

/**
 * Throws `task-not-cloneable` where an argument cannot be sent to a worker. Plain data is only walked through (a
 * trial clone would cost as much as sending it); anything else is tried.
 */
export function assertCloneable(argument: unknown): void {
  if (isPlainData(argument, 0)) return;
  try {
    structuredClone(argument);
  } catch (error) {
    throw new CoreloomError(
      'task-not-cloneable',
      `The task's argument cannot be sent to a worker (${error instanceof Error ? error.message : String(error)}); give plain data.`,
      error,
    );
  }
}

function isPlainData(value: unknown, depth: number): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true;
  if (depth === DEEPEST_WALK) return false;
  if (Array.isArray(value)) return value.every((item) => isPlainData(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) if (!isPlainData((value as Record<string, unknown>)[key], depth + 1)) return false;
  return true;
}

/** Longer texts cost less as a structured clone. */
const LONGEST_TEXT = 256;
/** Values within a value, itself included. */
const MOST_VALUES = 32;
const DEEPEST_LIGHT = 4;

let left = 0;

/** Whether JSON carries the value unchanged, and for less than a structured clone: small plain data does. */
export function isLight(value: unknown): boolean {
  left = MOST_VALUES;
  return fits(value, DEEPEST_LIGHT);
}

/** Whether all of them are light. */
export function areLight(values: readonly unknown[]): boolean {
  let at = 0;
  while (at < values.length && isLight(values[at])) at += 1;
  return at === values.length;
}

function fits(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'number':
      // Neither NaN nor infinite, nor -0.
      return value - value === 0 && (value !== 0 || 1 / value > 0);
    case 'string':
      return value.length <= LONGEST_TEXT;
    case 'boolean':
      return true;
    case 'object':
      return value === null || (depth > 0 && membersFit(value, depth - 1));
    default:
      return false;
  }
}

function membersFit(value: object, depth: number): boolean {
  // An array may have holes, and members with names; whatever has another prototype may be a Date or a Map.
  if (isArray(value) ? keysOf(value).length !== value.length : getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) {
    left -= 1;
    if (left < 0 || !fits((value as Record<string, unknown>)[key], depth)) return false;
  }
  return true;
}

/** A text or a block of memory from this size on (characters, bytes) goes in a message of its own. */
const LARGE = 2 ** 16;
/** Members that are looked at. */
const MOST_MEMBERS = 16;
/** Among so few, comparing each with each is faster than a set. */
const FEW = 64;

interface Parcelled {
  readonly argument: unknown;
  /** Travels alone. */
  readonly large: boolean;
}

/**
 * Parts tasks into those that go in one message each, in order. Something large travels alone, so that nothing waits
 * for it to be copied. An argument that is given twice travels in two messages: in one they would be one object in the
 * worker, and what one task did to it the next would see.
 */
export function parcels<T extends Parcelled>(tasks: readonly T[]): (readonly T[])[] {
  if (fitTogether(tasks)) return [tasks];
  const parts: T[][] = [];
  let part: T[] = [];
  let seen = new Set<unknown>();
  let wasLarge = false;
  for (const task of tasks) {
    if (wasLarge || (part.length > 0 && (task.large || (isObject(task.argument) && seen.has(task.argument))))) {
      parts.push(part);
      part = [];
      seen = new Set();
    }
    part.push(task);
    seen.add(task.argument);
    wasLarge = task.large;
  }
  parts.push(part);
  return parts;
}

/** The usual case, in which nothing is to be made. */
function fitTogether(tasks: readonly Parcelled[]): boolean {
  const count = tasks.length;
  if (count === 1) return true;
  if (count > FEW)
    return !tasks.some((task) => task.large) && new Set(tasks.map((task) => task.argument)).size === count;
  for (let i = 0; i < count; i += 1) {
    const task = tasks[i] as Parcelled;
    if (task.large) return false;
    if (!isObject(task.argument)) continue;
    for (let j = 0; j < i; j += 1) if ((tasks[j] as Parcelled).argument === task.argument) return false;
  }
  return true;
}

/** Whether an argument is large by itself or by one of its members. */
export function isLarge(argument: unknown): boolean {
  if (!isObject(argument)) return isLargeItself(argument);
  if (isLargeItself(argument)) return true;
  let left = MOST_MEMBERS;
  for (const key in argument) {
    if (isLargeItself((argument as Record<string, unknown>)[key])) return true;
    left -= 1;
    if (left === 0) return false;
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isLargeItself(value: unknown): boolean {
  if (typeof value === 'string') return value.length >= LARGE;
  return isObject(value) && (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) && value.byteLength >= LARGE;
}

/** Arguments of one shape, as what they share: their names once, and for each name one value or one for each task. */
export interface Records {
  type: 'records';
  first: number;
  count: number;
  keys: string[];
  columns: unknown[];
}

/** For fewer tasks than this nothing is saved. */
const FEWEST = 3;
const MOST_KEYS = 16;

/**
 * The same batch as records where its arguments are plain objects with the same names in the same order and no objects
 * in them: they are cloned or written in a third of the time. Any other batch stays as it is.
 */
export function packed(batch: TaskBatch): TaskBatch | Records {
  const count = batch.length - 1;
  const model = batch[1];
  if (count < FEWEST || !isRecord(model)) return batch;
  const keys = keysOf(model);
  // Setting it on an object is not what it seems.
  if (keys.length > MOST_KEYS || keys.includes('__proto__')) return batch;
  const columns = keys.map(() => new Array<unknown>(count));
  for (let at = 0; at < count; at += 1) if (!enter(batch[at + 1], at, keys, columns)) return batch;
  return { type: 'records', first: batch[0], count, keys, columns: columns.map(shortened) };
}

/** The batch that was packed. */
export function unpacked({ first, count, keys, columns }: Records): TaskBatch {
  const batch: TaskBatch = [first];
  for (let at = 0; at < count; at += 1) {
    const record: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i += 1) {
      const column = columns[i];
      record[keys[i] as string] = isArray(column) ? (column[at] as unknown) : column;
    }
    append<unknown>(batch, record);
  }
  return batch;
}

/** Every value that records carry. */
export function valuesOf({ columns }: Records): unknown[] {
  return columns.flat();
}

function enter(record: unknown, at: number, keys: readonly string[], columns: readonly unknown[][]): boolean {
  if (!isRecord(record)) return false;
  let i = 0;
  for (const key in record) {
    const value = record[key];
    if (key !== keys[i] || !isScalar(value)) return false;
    (columns[i] as unknown[])[at] = value;
    i += 1;
  }
  return i === keys.length;
}

/** What all have in common is said once. */
function shortened(column: unknown[]): unknown {
  const [first] = column;
  return column.every((value) => isSame(value, first)) ? first : column;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && getPrototypeOf(value) === Object.prototype;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'object' ? value === null : typeof value !== 'function' && typeof value !== 'symbol';
}

/** Anything thrown as part of a sentence, without the full stop of its own; never throws itself, whatever it is given. */
export function threw(error: unknown): string {
  try {
    if (error instanceof Error) return plain(`${error.name}: ${error.message}`).replace(/\.$/, '');
    return `${typeof error} ${plain(String(error))} (not an Error)`;
  } catch {
    return 'a value that cannot be shown';
  }
}

/** The same results with a failure in place of each value that `clone` throws on. */
export function withCloneableValues<T extends { values: unknown[]; failures: Failure[] }>(
  results: T,
  clone: (value: unknown) => unknown = structuredCloned,
): T {
  const { values, failures } = results;
  for (let at = 0; at < values.length; at += 1) {
    try {
      clone(values[at]);
    } catch (error) {
      append(failures, {
        at,
        code: 'task-not-cloneable',
        message: `The task's result cannot be sent to the parent (${threw(error)}); return plain data.`,
      });
      values[at] = undefined;
    }
  }
  return results;
}
