const LONGEST = 300;
/** Of an error's reasons: characters of each, reasons one behind another, reasons of one group, and reasons in all. */
const LONGEST_REASON = 200;
const MOST_CAUSES = 4;
const MOST_OF_GROUP = 3;
const MOST_REASONS = 8;

/** Anything thrown, as part of a sentence, with its reasons; never throws itself, whatever it is given. */
export function said(error: unknown): string {
  return `${saidAlone(error)}${reasons(error)}`;
}

/** The errors that one is made of (`AggregateError`) and what caused it, as they follow it in a sentence; empty where it has none. */
function reasons(error: unknown): string {
  return reasonsOf(error, { seen: new Set([error]), left: MOST_REASONS }, MOST_CAUSES);
}

interface Bounds {
  readonly seen: Set<unknown>;
  left: number;
}

function reasonsOf(error: unknown, bounds: Bounds, depth: number): string {
  const { errors, cause } = partsOf(error);
  const shown = errors
    .slice(0, depth > 0 ? MOST_OF_GROUP : 0)
    .map((one) => reason(one, bounds, depth))
    .filter((text) => text !== '');
  const more = errors.length - shown.length;
  const group =
    errors.length === 0
      ? ''
      : ` [${[...shown, ...(more > 0 ? [shown.length === 0 ? `${String(more)} errors` : `${String(more)} more`] : [])].join('; ')}]`;
  const caused = cause.length === 0 ? '' : reason(cause[0], bounds, depth);
  return `${group}${caused === '' ? '' : `, caused by ${caused}`}`;
}

/** One reason with its own; empty where it stands before already, or is one too many. */
function reason(error: unknown, bounds: Bounds, depth: number): string {
  if (depth === 0 || bounds.left === 0 || bounds.seen.has(error)) return '';
  bounds.left -= 1;
  bounds.seen.add(error);
  return `${saidAlone(error, LONGEST_REASON)}${reasonsOf(error, bounds, depth - 1)}`;
}

function partsOf(error: unknown): { errors: readonly unknown[]; cause: readonly unknown[] } {
  if (!isError(error)) return { errors: [], cause: [] };
  const { errors, cause } = {
    errors: read(() => (error as { errors?: unknown }).errors),
    cause: read(() => error.cause),
  };
  // What only looks like a list may throw, or have no end.
  const listed = Array.isArray(errors)
    ? (read(() => Array.from({ length: Math.min(errors.length, 1_000) }, (_, at) => errors[at] as unknown)) ?? [])
    : [];
  return { errors: listed as unknown[], cause: cause === undefined || cause === null ? [] : [cause] };
}

/** What a getter of the user's answers; undefined where it throws. */
function read(get: () => unknown): unknown {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function saidAlone(error: unknown, longest = LONGEST): string {
  try {
    if (error instanceof Error)
      return shortened(error.message === '' ? error.name : `${error.name}: ${error.message}`, longest);
    return shortened(typeof error === 'string' ? JSON.stringify(error) : textOf(error), longest);
  } catch {
    return 'a value that cannot be shown';
  }
}

/** An object without a text of its own by what is in it. */
function textOf(value: unknown): string {
  const text = String(value);
  return text === '[object Object]' ? JSON.stringify(value) : text;
}

/** Whether what was thrown can tell where: also an error of another realm. */
export function isError(error: unknown): error is Error {
  try {
    return Object.prototype.toString.call(error) === '[object Error]' || error instanceof Error;
  } catch {
    return false;
  }
}

function shortened(text: string, longest: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ').replace(/[.\s]+$/, '');
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
