import { CoreloomError } from '../contract';
import { makeOwnedFolder } from '../engine/system/owned-folder';

/** Makes an empty profile for a browser that this process starts. Throws `not-available`. */
export function makeProfile(name: 'window' | 'print'): string {
  try {
    return makeOwnedFolder('browser', name);
  } catch (error) {
    throw new CoreloomError('not-available', error instanceof Error ? error.message : String(error), error);
  }
}
