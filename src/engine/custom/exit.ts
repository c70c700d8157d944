import { placesOf, type Place } from './place';

/** The user's code asked its worker to end: it is not done, and told where. */
export class ExitCalled extends Error {
  /** The function that was called: `process.exit`. */
  readonly called: string;
  readonly place: Place | null;

  constructor(called: string, place: Place | null) {
    super(`${called} was called`);
    this.name = 'ExitCalled';
    this.called = called;
    this.place = place;
  }
}

/** How a process or a thread ends itself, or its channel to the engine. */
const ENDS = ['exit', 'abort', 'disconnect'] as const;

/** Lets nobody end this worker by a function of `process`: who calls one gets an `ExitCalled`. Coreloom's own files have kept theirs. */
export function refuseEnds(): void {
  const owner = process as unknown as Record<string, unknown>;
  for (const name of ENDS) {
    if (typeof owner[name] !== 'function') continue;
    const refuse = (): never => {
      throw new ExitCalled(`process.${name}`, caller());
    };
    Object.defineProperty(process, name, { value: refuse, configurable: true, enumerable: true, writable: true });
  }
}

/** Who called the function that calls this; null where that cannot be told. */
function caller(): Place | null {
  try {
    // A module may have its own way to write stacks.
    const usual: { prepareStackTrace?: unknown; stackTraceLimit: number } = Error;
    const { prepareStackTrace, stackTraceLimit } = usual;
    Object.assign(Error, { prepareStackTrace: undefined, stackTraceLimit: 10 });
    const { stack = '' } = new Error('caller');
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
    // The first two are this function and the one that calls it.
    return placesOf(stack)[2] ?? null;
  } catch {
    return null;
  }
}
