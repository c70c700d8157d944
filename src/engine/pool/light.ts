import { getPrototypeOf, isArray, keysOf } from '../intrinsics';

/** Longer texts cost less as a structured clone. */
const LONGEST_TEXT = 256;
/** Values within a value, itself included. */
const MOST_VALUES = 32;
const DEEPEST = 4;

let left = 0;

/** Whether JSON carries the value unchanged, and for less than a structured clone: small plain data does. */
export function isLight(value: unknown): boolean {
  left = MOST_VALUES;
  return fits(value, DEEPEST);
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
