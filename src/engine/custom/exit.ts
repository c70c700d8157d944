import { placesOf, type Place } from './place';

/** The user's code asked its worker to end: it is not done, and told where. */
export class ExitCalled extends Error {
  readonly place: Place | null;

  constructor(code: unknown, place: Place | null) {
    super(`process.exit(${code === undefined ? '' : String(code)}) was called`);
    this.name = 'ExitCalled';
    this.place = place;
  }
}

/**
 * Lets nobody but Coreloom's own files, in `ownFolder`, end this worker: whoever else calls `process.exit` gets an
 * `ExitCalled`. `before` is awaited, within a bounded time, before an end of our own.
 */
export function guardExit(ownFolder: string, before: () => Promise<void>): void {
  const exit = process.exit.bind(process);
  let ending = false;
  const guarded = (code?: number | string | null): void => {
    const places = placesOf(new Error('exit').stack ?? '');
    // The first is this function.
    const caller = places[1] ?? null;
    if (caller !== null && !caller.file.startsWith(ownFolder)) throw new ExitCalled(code, caller);
    if (ending) return;
    ending = true;
    before().then(
      () => exit(code),
      () => exit(code),
    );
  };
  process.exit = guarded as typeof process.exit;
}
