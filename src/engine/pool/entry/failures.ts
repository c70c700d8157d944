import { plain } from '../../../contract';
import { append, clone as cloned } from '../../intrinsics';
import type { Results } from '../messages';

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
export function withCloneableValues<T extends Pick<Results, 'values' | 'failures'>>(
  results: T,
  clone: (value: unknown) => unknown = cloned,
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
