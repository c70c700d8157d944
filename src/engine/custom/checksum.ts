import { types } from 'node:util';
import { crc32 } from 'node:zlib';
import {
  append,
  bigintText,
  charCodeAt,
  clone,
  forEachOfMap,
  forEachOfSet,
  getPrototypeOf,
  imul,
  isArray,
  keysOf,
  sliced,
  sorted,
  stringify,
  tagOf,
  timeOf,
} from '../system/intrinsics';

/** What a result holds that cannot be cloned, and so cannot be compared: names the place, such as `result.rows[2].run`. */
export class NotCloneable extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotCloneable';
  }
}

/** How deep a result may be nested: within what every worker's stack has room for. */
const DEEPEST = 1000;
/** How many values a result may be made of, so that what is shared in it again and again, or has holes without end, ends. */
const MOST_VALUES = 2 ** 22;

// As they are now: a module of the user may replace them.
const {
  isAnyArrayBuffer,
  isArrayBufferView,
  isBoxedPrimitive,
  isDate,
  isGeneratorObject,
  isMap,
  isPromise,
  isProxy,
  isRegExp,
  isSet,
} = types;
const checkOf = crc32;
const AnyError = Error;
const Bytes = Uint8Array;

/** One letter for each kind of value, so that `1`, `"1"`, `true` and `[1]` differ. */
const TAG = {
  undefined: 1,
  null: 2,
  false: 3,
  true: 4,
  number: 5,
  bigint: 6,
  string: 7,
  array: 8,
  object: 9,
  date: 10,
  regexp: 11,
  map: 12,
  set: 13,
  bytes: 14,
  error: 15,
  boxed: 16,
  cycle: 17,
  hole: 18,
} as const;

const number = new DataView(new ArrayBuffer(8));

/**
 * The checksum of what a task returned, an unsigned 32-bit number: MurmurHash3 (32-bit, seed 0) over the value's parts,
 * each behind a tag of its kind. Keys of objects count in sorted order, so their order in the source does not matter;
 * maps, sets and arrays count in their own. NaN is one value, and 0 is not -0. What structured clone refuses, or is larger or
 * deeper than any result may be, throws `NotCloneable` with a sentence.
 */
export function resultChecksum(value: unknown): number {
  const hash = new Hash();
  new Walk(hash).value(value);
  return hash.end();
}

/** MurmurHash3 x86 32 of a stream of 32-bit words. */
class Hash {
  #state = 0;
  #words = 0;

  word(word: number): void {
    const mixed = imul(word, 0xcc9e2d51);
    const turned = this.#state ^ imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    this.#state = (imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
    this.#words += 1;
  }

  number(value: number): void {
    number.setFloat64(0, value !== value ? NaN : value, true);
    this.word(number.getUint32(0, true));
    this.word(number.getUint32(4, true));
  }

  text(text: string): void {
    this.word(text.length);
    for (let i = 0; i < text.length; i += 2) this.word(charCodeAt(text, i) | ((charCodeAt(text, i + 1) || 0) << 16));
  }

  /** By their CRC, which Python has too: its own loops would take longer over bytes than most of what makes them. */
  bytes(bytes: Uint8Array): void {
    this.word(bytes.length);
    this.word(checkOf(bytes));
  }

  end(): number {
    let hash = this.#state ^ (this.#words * 4);
    hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}

/** Where in a result: under a key or at an index of what is around it, or among the entries of a map or set. */
type Step = string | number | typeof ENTRY;
const ENTRY = null;

class Walk {
  readonly #hash: Hash;
  /** The objects around the one that is looked at: only a cycle leads back to one. */
  readonly #around: object[] = [];
  /** The way that leads to what is looked at, one step into each of them. */
  readonly #way: Step[] = [];
  #depth = 0;
  #values = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  value(value: unknown): void {
    this.#count(1);
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
        return this.#hash.text(bigintText(value, 16));
      case 'string':
        this.#hash.word(TAG.string);
        return this.#hash.text(value);
      case 'function':
        throw this.#refused(`a function${value.name ? ` (${value.name})` : ''}`);
      case 'symbol':
        throw this.#refused('a symbol');
      case 'object':
        if (value === null) this.#hash.word(TAG.null);
        else this.#object(value);
    }
  }

  #object(object: object): void {
    for (let depth = 0; depth < this.#depth; depth += 1) {
      if (this.#around[depth] !== object) continue;
      this.#hash.word(TAG.cycle);
      return this.#hash.word(depth);
    }
    if (this.#depth === DEEPEST) throw new NotCloneable('it is nested too deeply');
    this.#around[this.#depth] = object;
    this.#depth += 1;
    this.#parts(object);
    this.#depth -= 1;
  }

  /** Goes one step into the object that is looked at. */
  #into(step: Step, value: unknown): void {
    this.#way[this.#depth - 1] = step;
    this.value(value);
  }

  /** Throws where the result is made of more values than any may be. */
  #count(values: number): void {
    this.#values += values;
    if (this.#values > MOST_VALUES) throw new NotCloneable(`it contains more than ${stringify(MOST_VALUES)} values`);
  }

  /** What is looked at, that many steps in, is not plain data. */
  #refused(what: string, steps = this.#depth): NotCloneable {
    return new NotCloneable(`${placeOf(this.#way, steps)} is ${what}`);
  }

  #refusedObject(what: string): NotCloneable {
    return this.#refused(what, this.#depth - 1);
  }

  #parts(object: object): void {
    if (isProxy(object)) throw this.#refusedObject('a proxy');
    if (isArray(object)) return this.#array(object);
    if (isArrayBufferView(object))
      return this.#bytes(kindOf(object), new Bytes(object.buffer, object.byteOffset, object.byteLength));
    if (isAnyArrayBuffer(object)) return this.#bytes('ArrayBuffer', new Bytes(object));
    if (isMap(object)) return this.#map(object);
    if (isSet(object)) return this.#set(object);
    if (isDate(object)) {
      this.#hash.word(TAG.date);
      return this.#hash.number(timeOf(object));
    }
    if (isRegExp(object)) return this.#texts(TAG.regexp, object.source, object.flags);
    if (object instanceof AnyError) return this.#texts(TAG.error, object.name, object.message);
    if (isBoxedPrimitive(object)) {
      this.#hash.word(TAG.boxed);
      return this.#into(ENTRY, object.valueOf());
    }
    this.#plain(object);
  }

  #array(items: readonly unknown[]): void {
    const { length } = items;
    this.#hash.word(TAG.array);
    this.#hash.word(length);
    // Holes too: there may be four billion of them.
    this.#count(length);
    for (let i = 0; i < length; i += 1) {
      if (i in items) this.#into(i, items[i]);
      else this.#hash.word(TAG.hole);
    }
  }

  #map(map: ReadonlyMap<unknown, unknown>): void {
    const parts: unknown[] = [];
    forEachOfMap(map, (value, key) => {
      this.#count(2);
      append(parts, key);
      append(parts, value);
    });
    this.#entries(TAG.map, parts);
  }

  #set(set: ReadonlySet<unknown>): void {
    const parts: unknown[] = [];
    forEachOfSet(set, (value) => {
      this.#count(1);
      append(parts, value);
    });
    this.#entries(TAG.set, parts);
  }

  #entries(tag: number, parts: readonly unknown[]): void {
    this.#hash.word(tag);
    this.#hash.word(parts.length);
    let i = 0;
    while (i < parts.length) {
      this.#into(ENTRY, parts[i]);
      i += 1;
    }
  }

  #texts(tag: number, first: string, second: string): void {
    this.#hash.word(tag);
    this.#hash.text(`${first}`);
    this.#hash.text(`${second}`);
  }

  #bytes(kind: string, bytes: Uint8Array): void {
    this.#hash.word(TAG.bytes);
    this.#hash.text(kind);
    this.#hash.bytes(bytes);
  }

  /** Own enumerable properties under text keys: all that structured clone takes along. */
  #plain(object: object): void {
    this.#refuseUncloneable(object);
    const keys = keysOf(object);
    this.#count(keys.length);
    sorted(keys);
    this.#hash.word(TAG.object);
    this.#hash.word(keys.length);
    let i = 0;
    while (i < keys.length) {
      const key = keys[i] as string;
      this.#hash.text(key);
      this.#into(key, (object as Record<string, unknown>)[key]);
      i += 1;
    }
  }

  /** Promises, weak maps, sockets and the like: what is not plain is tried, without its properties (they are walked). */
  #refuseUncloneable(object: object): void {
    const prototype: unknown = getPrototypeOf(object);
    if (prototype === Object.prototype || prototype === null) return;
    if (isPromise(object)) throw this.#refusedObject('a promise (await it)');
    if (isGeneratorObject(object)) throw this.#refusedObject('a generator (return what it yields)');
    // An instance of a class is cloned as a plain object: only one with an inside of its own can refuse.
    if (tagOf(object) === '[object Object]' && !hasInside(object)) return;
    throw this.#refusedObject(`of the kind ${nameOf(object)}`);
  }
}

/** `result.rows[2].run`: what these steps lead to. */
function placeOf(way: readonly Step[], steps: number): string {
  let place = 'result';
  for (let i = 0; i < steps; i += 1) {
    const step = way[i] ?? ENTRY;
    if (step === ENTRY) place = `an entry of ${place}`;
    else if (typeof step === 'string' && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step)) place = `${place}.${step}`;
    else place = `${place}[${stringify(step)}]`;
  }
  return place;
}

/** Whether an object without properties of its own, but of this very kind, is refused by structured clone. */
function hasInside(object: object): boolean {
  if (keysOf(object).length > 0) return false;
  try {
    clone(object);
    return false;
  } catch {
    return true;
  }
}

/** The name of its class; of a class without one what the language calls it. */
function nameOf(object: object): string {
  const { name } = (object.constructor ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? name : kindOf(object);
}

/** `Uint8Array`, also of a Buffer, which arrives as that. */
function kindOf(object: object): string {
  return sliced(tagOf(object), 8, -1);
}
