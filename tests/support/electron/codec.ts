/** What Electron's IPC says of all that it refuses: functions, symbols, proxies, objects of the browser, shared memory. */
export const REFUSED = 'An object could not be cloned.';

type Atom = string | boolean | number | null | { n: string } | { u: 1 } | { b: string } | { r: number };
type Entry =
  | { o: [string, Atom][] }
  | { a: Atom[] }
  | { m: [Atom, Atom][] }
  | { s: Atom[] }
  | { d: number | null }
  | { x: [string, string] }
  | { e: [name: string, message: string, stack: string, ...cause: Atom[]] }
  | { ab: string }
  | { v: [string, Atom, number, number] };
interface Packed {
  root: Atom;
  table: Entry[];
}

type View = Uint8Array | DataView;
type ViewConstructor = new (buffer: ArrayBuffer, byteOffset: number, length: number) => View;
export const VIEWS = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
];

/** Errors of another name are plain ones on the other side. */
const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** The kind of an object; of one that was cloned, as a class can call itself something else. */
export const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

function base64Of(buffer: ArrayBuffer): string {
  let text = '';
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Cloned first: nothing else tells a Proxy, takes the prototypes off, and reads each property once. */
function cloned(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw new Error(REFUSED);
  }
}

/**
 * Structured clone as text, for a binding that carries JSON only: the same types, the same identity and cycles, the
 * same refusals as Electron's IPC.
 */
export const encode = (value: unknown): string => pack(cloned(value));

/** The same for what is known to be a clone. */
export function pack(value: unknown): string {
  const seen = new Map<object, number>();
  const table: Entry[] = [];

  const describe = (object: object): Entry => {
    const tag = tagOf(object);
    if (Array.isArray(object)) return { a: Array.from(object, atom) };
    if (object instanceof Map) return { m: [...object].map(([key, entry]) => [atom(key), atom(entry)]) };
    if (object instanceof Set) return { s: [...object].map(atom) };
    if (tag === 'Date') return { d: (object as Date).getTime() };
    if (tag === 'RegExp') return { x: [(object as RegExp).source, (object as RegExp).flags] };
    if (tag === 'Error') {
      const { name, message, stack = '', cause } = object as Error;
      return { e: [name, message, stack, ...('cause' in object ? [atom(cause)] : [])] };
    }
    if (tag === 'ArrayBuffer') return { ab: base64Of(object as ArrayBuffer) };
    if (VIEWS.includes(tag)) {
      const view = object as Uint8Array;
      return { v: [tag, atom(view.buffer), view.byteOffset, tag === 'DataView' ? view.byteLength : view.length] };
    }
    if (tag !== 'Object') throw new Error(REFUSED);
    return { o: Object.entries(object).map(([key, entry]) => [key, atom(entry)]) };
  };

  const atom = (part: unknown): Atom => {
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (typeof part === 'number')
      return Number.isFinite(part) && !Object.is(part, -0) ? part : { n: Object.is(part, -0) ? '-0' : String(part) };
    if (part === undefined) return { u: 1 };
    if (typeof part === 'bigint') return { b: String(part) };
    if (typeof part !== 'object') throw new Error(REFUSED);
    const known = seen.get(part);
    if (known !== undefined) return { r: known };
    const index = table.length;
    seen.set(part, index);
    table.push({ a: [] });
    table[index] = describe(part);
    return { r: index };
  };

  const root = atom(value);
  return JSON.stringify({ root, table } satisfies Packed);
}

export function decode(text: string): unknown {
  const { root, table } = JSON.parse(text) as Packed;
  const made: unknown[] = [];

  const value = (atom: Atom): unknown => {
    if (atom === null || typeof atom !== 'object') return atom;
    if ('n' in atom) return Number(atom.n);
    if ('b' in atom) return BigInt(atom.b);
    if ('u' in atom) return undefined;
    return atom.r in made ? made[atom.r] : make(atom.r);
  };

  const keep = <T>(index: number, object: T): T => {
    made[index] = object;
    return object;
  };

  const make = (index: number): unknown => {
    const entry = table[index];
    if (entry === undefined) throw new Error('The packed value is broken.');
    if ('a' in entry) {
      const list = keep<unknown[]>(index, []);
      for (const item of entry.a) list.push(value(item));
      return list;
    }
    if ('o' in entry) {
      const object = keep<Record<string, unknown>>(index, {});
      // Defined, not assigned: `__proto__` stays a key.
      for (const [key, item] of entry.o)
        Object.defineProperty(object, key, {
          value: value(item),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      return object;
    }
    if ('m' in entry) {
      const map = keep(index, new Map<unknown, unknown>());
      for (const [key, item] of entry.m) map.set(value(key), value(item));
      return map;
    }
    if ('s' in entry) {
      const set = keep(index, new Set<unknown>());
      for (const item of entry.s) set.add(value(item));
      return set;
    }
    if ('d' in entry) return keep(index, new Date(entry.d ?? NaN));
    if ('x' in entry) return keep(index, new RegExp(...entry.x));
    if ('e' in entry) {
      const [name, message, stack, ...causes] = entry.e;
      const Kind = ERRORS[name as keyof typeof ERRORS];
      const error = keep(index, new Kind(message));
      const hidden = { enumerable: false, writable: true, configurable: true };
      Object.defineProperty(error, 'stack', { value: stack, ...hidden });
      for (const cause of causes) Object.defineProperty(error, 'cause', { value: value(cause), ...hidden });
      return error;
    }
    if ('ab' in entry) return keep(index, Uint8Array.from(atob(entry.ab), (char) => char.charCodeAt(0)).buffer);
    const [name, buffer, byteOffset, length] = entry.v;
    const View = (globalThis as unknown as Record<string, ViewConstructor>)[name];
    if (View === undefined || !VIEWS.includes(name)) throw new Error('The packed value is broken.');
    return keep(index, new View(value(buffer) as ArrayBuffer, byteOffset, length));
  };

  return value(root);
}
