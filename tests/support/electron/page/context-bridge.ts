const REFUSED = 'An object could not be cloned.';

type Callable = (...args: unknown[]) => unknown;

/**
 * What crosses from one world to the other: functions as functions, promises as promises, anything else as a copy.
 * Stricter than Electron in one point: a function inside of an argument's object is refused.
 */
function cross(value: unknown): unknown {
  if (typeof value === 'function') return crossFunction(value as Callable);
  if (value instanceof Promise) {
    return value.then(cross, (error: unknown) => {
      throw cross(error);
    });
  }
  try {
    // Refuses Proxies too, as Electron does: a reactive object of a view library does not cross.
    return structuredClone(value);
  } catch {
    throw new Error(REFUSED);
  }
}

function crossFunction(inner: Callable): Callable {
  return (...args) => cross(inner(...args.map(cross)));
}

export const contextBridge = {
  exposeInMainWorld(key: string, api: Record<string, unknown>): void {
    if (key in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
    const exposed = Object.fromEntries(Object.entries(api).map(([name, value]) => [name, cross(value)]));
    Object.defineProperty(window, key, {
      value: Object.freeze(exposed),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  },
};
