import { CoreloomError } from '../contract';
import { engineDoor } from './doors';

/** Makes an empty profile for a browser that this process starts. Throws `not-available`. */
export async function makeProfile(name: 'window' | 'print'): Promise<string> {
  const { makeOwnedFolder } = await engineDoor();
  try {
    return makeOwnedFolder('browser', name);
  } catch (error) {
    throw new CoreloomError('not-available', error instanceof Error ? error.message : String(error), error);
  }
}
