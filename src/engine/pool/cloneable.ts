import { CoreloomError } from '../../contract';

/** Objects nested deeper than this are left to the real clone algorithm. */
const DEEPEST = 8;

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
  if (depth === DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => isPlainData(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) if (!isPlainData((value as Record<string, unknown>)[key], depth + 1)) return false;
  return true;
}
