import { plain, type WorkloadSize } from '../../contract';
import { kindOf, ModuleFault } from './fault';
import type { Inspection } from './types';
import { fileText } from './place';

const LONGEST = 200;
const KINDS = ['cpu', 'io', 'mixed', 'custom'] as const;

type Meta = Pick<Inspection, 'title' | 'summary' | 'exercises' | 'kind' | 'size' | 'deterministic'>;

/** What a module says of itself, with what holds where it says nothing. Throws `ModuleFault`. */
export function readMeta(meta: unknown, path: string): Meta {
  const file = fileText(path);
  const wrong = (what: string, given: unknown, right: string): ModuleFault =>
    new ModuleFault(`${file}: the module's ${what} is ${kindOf(given)}; it must be ${right}.`);
  if (meta !== undefined && (typeof meta !== 'object' || meta === null || Array.isArray(meta)))
    throw wrong('meta', meta, 'an object such as { title: "…" }');
  const given = (meta ?? {}) as Record<string, unknown>;
  const text = (name: string, otherwise: string): string => {
    const value = given[name];
    if (value === undefined) return otherwise;
    if (typeof value !== 'string' || value.trim() === '')
      throw wrong(`meta.${name}`, value, `a string of at most ${String(LONGEST)} characters`);
    return plain(value.trim(), LONGEST);
  };
  const kind = given['kind'] ?? 'custom';
  if (!KINDS.some((known) => known === kind))
    throw new ModuleFault(`${file}: the module's meta.kind must be one of ${KINDS.join(', ')}.`);
  const deterministic = given['deterministic'] ?? true;
  if (typeof deterministic !== 'boolean') throw wrong('meta.deterministic', deterministic, 'true or false');
  return {
    title: text('title', file),
    summary: text('summary', `The task of ${file}.`),
    exercises: text('exercises', 'what your module does'),
    kind: kind as Meta['kind'],
    size: readSize(given['size'], file),
    deterministic,
  };
}

function readSize(size: unknown, file: string): WorkloadSize | null {
  if (size === undefined) return null;
  const { min, max, default: usual, meaning } = (typeof size === 'object' ? size : {}) as Partial<WorkloadSize>;
  const right = [min, max, usual].every((value) => Number.isSafeInteger(value)) && typeof meaning === 'string';
  if (
    right &&
    min !== undefined &&
    max !== undefined &&
    usual !== undefined &&
    min >= 1 &&
    min <= usual &&
    usual <= max
  )
    return { meaning: plain(meaning, LONGEST), min, max, default: usual };
  throw new ModuleFault(
    `${file}: the module's meta.size must be { meaning: "…", min, default, max } with whole numbers from 1, in that order.`,
  );
}
