import { readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreloomError } from '../contract';
import { isAlive, makeOwnedFolder } from '../engine/owned-folder';

/**
 * Makes an empty profile for a browser that this process starts, and removes those that killed ones left, unless their
 * browser lives on. Throws `not-available`.
 */
export function makeProfile(name: string): string {
  try {
    return makeOwnedFolder(tmpdir(), name, { inUse: hasBrowser });
  } catch (error) {
    throw new CoreloomError('not-available', `The temporary folder "${tmpdir()}" takes no folder for the browser's profile: it must be writable (TMPDIR names another).`, error);
  }
}

/** Chromium on Linux and macOS marks the profile it uses with a link `SingletonLock` -> `<host>-<pid>`. */
function hasBrowser(profile: string): boolean {
  try {
    const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
    return Number.isInteger(pid) && isAlive(pid);
  } catch {
    return false;
  }
}
