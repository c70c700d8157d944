import { crc32 } from 'node:zlib';

/** What a result holds that cannot be cloned, and so cannot be compared: names the place, such as `result.rows[2].run`. */
export class NotCloneable extends Error {
  constructor(place: string, what: string) {
    super(`${place} is ${what}`);
    this.name = 'NotCloneable';
  }
}

/** One letter for each kind of value, so that `1`, `"1"`, `true` and `[1]` differ. */
const TAG = { undefined: 1, null: 2, false: 3, true: 4, number: 5, bigint: 6, string: 7, array: 8, object: 9, date: 10, regexp: 11, map: 12, set: 13, bytes: 14, error: 15, boxed: 16, cycle: 17, hole: 18 } as const;

const number = new DataView(new ArrayBuffer(8));

/**
 * The checksum of what a task returned, an unsigned 32-bit number: MurmurHash3 (32-bit, seed 0) over the value's parts,
 * each behind a tag of its kind. Keys of objects count in sorted order, so their order in the source does not matter;
 * maps, sets and arrays count in their own. NaN is one value, and 0 is not -0. What structured clone refuses throws
 * `NotCloneable` with its place.
 */
export function resultChecksum(value: unknown): number {
  const hash = new Hash();
  new Walk(hash).value(value, 'result');
  return hash.end();
}

/** MurmurHash3 x86 32 of a stream of 32-bit words. */
class Hash {
  #state = 0;
  #words = 0;

  word(word: number): void {
    const mixed = Math.imul(word, 0xcc9e2d51);
    const turned = this.#state ^ Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    this.#state = (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
    this.#words += 1;
  }

  number(value: number): void {
    number.setFloat64(0, value !== value ? NaN : value, true);
    this.word(number.getUint32(0, true));
    this.word(number.getUint32(4, true));
  }

  text(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i += 2) this.word(text.charCodeAt(i) | ((text.charCodeAt(i + 1) || 0) << 16));
  }

  /** By their CRC, which Python has too: its own loops would take longer over bytes than most of what makes them. */
  bytes(bytes: Uint8Array): void {
    this.word(bytes.length);
    this.word(crc32(bytes));
  }

  end(): number {
    let hash = this.#state ^ (this.#words * 4);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}

class Walk {
  readonly #hash: Hash;
  /** The objects around the one that is looked at, each with how deep it lies: only a cycle leads back to one. */
  readonly #around = new Map<object, number>();

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  value(value: unknown, place: string): void {
    switch (typeof value) {
      case 'undefined':
        return this.#hash.word(TAG.undefined);
      case 'boolean':
        return this.#hash.word(value ? TAG.true : TAG.false);
      case 'number':
        this.#hash.word(TAG.number);
        return this.#hash.number(value);
      case 'bigint':
        this.#hash.word(TAG.bigint);
        return this.#hash.text(value.toString(16));
      case 'string':
        this.#hash.word(TAG.string);
        return this.#hash.text(value);
      case 'function':
        throw new NotCloneable(place, `a function${value.name ? ` (${value.name})` : ''}`);
      case 'symbol':
        throw new NotCloneable(place, 'a symbol');
      case 'object':
        if (value === null) this.#hash.word(TAG.null);
        else this.#object(value, place);
    }
  }

  #object(object: object, place: string): void {
    const depth = this.#around.get(object);
    if (depth !== undefined) {
      this.#hash.word(TAG.cycle);
      return this.#hash.word(depth);
    }
    this.#around.set(object, this.#around.size);
    this.#parts(object, place);
    this.#around.delete(object);
  }

  #parts(object: object, place: string): void {
    if (Array.isArray(object)) return this.#array(object, place);
    if (ArrayBuffer.isView(object)) return this.#bytes(nameOf(object), new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
    if (object instanceof ArrayBuffer || object instanceof SharedArrayBuffer) return this.#bytes('ArrayBuffer', new Uint8Array(object));
    if (object instanceof Map) return this.#entries(TAG.map, [...object].flat(1), place);
    if (object instanceof Set) return this.#entries(TAG.set, [...object], place);
    if (object instanceof Date) {
      this.#hash.word(TAG.date);
      return this.#hash.number(object.getTime());
    }
    if (object instanceof RegExp) return this.#texts(TAG.regexp, object.source, object.flags);
    if (object instanceof Error) return this.#texts(TAG.error, object.name, object.message);
    if (object instanceof Number || object instanceof String || object instanceof Boolean || object instanceof BigInt) {
      this.#hash.word(TAG.boxed);
      return this.value(object.valueOf(), place);
    }
    this.#plain(object, place);
  }

  #array(items: readonly unknown[], place: string): void {
    this.#hash.word(TAG.array);
    this.#hash.word(items.length);
    for (let i = 0; i < items.length; i += 1) {
      if (i in items) this.value(items[i], `${place}[${String(i)}]`);
      else this.#hash.word(TAG.hole);
    }
  }

  #entries(tag: number, parts: unknown[], place: string): void {
    this.#hash.word(tag);
    this.#hash.word(parts.length);
    for (const part of parts) this.value(part, `an entry of ${place}`);
  }

  #texts(tag: number, ...texts: string[]): void {
    this.#hash.word(tag);
    for (const text of texts) this.#hash.text(text);
  }

  #bytes(name: string, bytes: Uint8Array): void {
    this.#hash.word(TAG.bytes);
    // A Buffer arrives as a Uint8Array.
    this.#hash.text(name === 'Buffer' ? 'Uint8Array' : name);
    this.#hash.bytes(bytes);
  }

  /** Own enumerable properties under text keys: all that structured clone takes along. */
  #plain(object: object, place: string): void {
    refuseUncloneable(object, place);
    const keys = Object.keys(object).sort();
    this.#hash.word(TAG.object);
    this.#hash.word(keys.length);
    for (const key of keys) {
      this.#hash.text(key);
      this.value((object as Record<string, unknown>)[key], /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${place}.${key}` : `${place}[${JSON.stringify(key)}]`);
    }
  }
}

const PLAIN = new Set<unknown>([Object.prototype, null]);

/** Promises, weak maps, sockets and the like: what is not plain is tried, without its properties (they are walked). */
function refuseUncloneable(object: object, place: string): void {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (PLAIN.has(prototype)) return;
  if (object instanceof Promise) throw new NotCloneable(place, 'a promise (await it)');
  // An instance of a class is cloned as a plain object: only one with an inside of its own can refuse.
  const tag = Object.prototype.toString.call(object);
  if (tag === '[object Object]' && !hasInside(object)) return;
  throw new NotCloneable(place, `of the kind ${nameOf(object)}`);
}

/** Whether an object without properties of its own, but of this very kind, is refused by structured clone. */
function hasInside(object: object): boolean {
  if (Object.keys(object).length > 0) return false;
  try {
    structuredClone(object);
    return false;
  } catch {
    return true;
  }
}

function nameOf(object: object): string {
  return (object.constructor as { name?: string } | undefined)?.name ?? Object.prototype.toString.call(object).slice(8, -1);
}
