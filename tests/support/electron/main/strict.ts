import { EventEmitter } from 'node:events';

/** Properties that the language itself asks any object for. */
const SILENT = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype', 'asymmetricMatch', 'nodeType']);

/** What an object that Electron has destroyed still answers: that it is, its number, and its listeners. */
const LASTING = new Set<PropertyKey>(['isDestroyed', 'id', ...Object.getOwnPropertyNames(EventEmitter.prototype)]);

const isDestroyed = (object: object): boolean =>
  'isDestroyed' in object && typeof object.isDestroyed === 'function' && object.isDestroyed() === true;

/**
 * Refuses what the stand-in does not stand in for: a property that Electron may have and this does not throws, so that
 * no code path passes here by accident of `undefined`.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (Reflect.has(object, key)) {
        if (!LASTING.has(key) && isDestroyed(object)) throw new TypeError('Object has been destroyed');
        const value: unknown = Reflect.get(object, key, object);
        return typeof value === 'function' && !isClass(value)
          ? (value as (...args: unknown[]) => unknown).bind(object)
          : value;
      }
      if (typeof key === 'symbol' || SILENT.has(key)) return undefined;
      throw new Error(`The stand-in for Electron has no ${name}.${key}.`);
    },
  });
}

const isClass = (value: unknown): boolean =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

/** Throws for options that the stand-in would ignore without a word. */
export function onlyKnown(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`The stand-in for Electron does not know ${what}: ${unknown.join(', ')}.`);
}

/** An event whose default can be prevented. */
export function preventable<T extends object>(
  details: T,
): T & { readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false;
  return Object.assign(
    Object.create({
      get defaultPrevented() {
        return prevented;
      },
      preventDefault: () => {
        prevented = true;
      },
    }) as { readonly defaultPrevented: boolean; preventDefault(): void },
    details,
  );
}
