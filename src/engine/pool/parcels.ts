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
