import { lstatSync, mkdtempSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CoreloomError } from '../../contract';
import { isDiskFull, codeOf } from './error-code';
import { isPrivate, placesFor, type Purpose } from './private-place';
import { isAlive, ownerEnded, ownerName, OWNER_PATTERN } from './process-owner';
import { removeQuietly } from './remove-quietly';

/** What folders of this process hold, by the name that each carries. */
const HELD = {
  tasks: 'files of tasks',
  module: 'your module',
  host: 'Python',
  lab: 'the lab',
  window: 'the browser’s profile',
  print: 'the browser’s profile',
} as const;

type Held = keyof typeof HELD;

/** Fills a new folder; `refused` says which better places did not take it, and why. */
type Fill<T> = (folder: string, refused: readonly string[]) => T;

/**
 * Makes a folder that only this user can enter, named by this process, in the first place for its purpose that takes it
 * and in which it can be filled; answers what `fill` does, or else its path. What processes that have ended left in that
 * place is removed: those that were killed could not remove their own. Throws `not-writable` or `disk-full`.
 */
export function makeOwnedFolder(purpose: Purpose, name: Held): string;
export function makeOwnedFolder<T>(purpose: Purpose, name: Held, fill: Fill<T>): T;
export function makeOwnedFolder(purpose: Purpose, name: Held, fill: Fill<unknown> = (folder) => folder): unknown {
  const errors: unknown[] = [];
  const refused: string[] = [];
  for (const { path, prefix, open } of placesFor(purpose)) {
    try {
      const place = open();
      sweep(place);
      const own = join(place, `${prefix}${name}-${ownerName()}-`);
      if (purpose === 'socket' || purpose === 'memory') refuseLong(own);
      return filled(mkdtempSync(own), (folder) => fill(folder, refused));
    } catch (error) {
      errors.push(error);
      refused.push(`"${path}" (${reasonOf(error)})`);
    }
  }
  const message = `No folder for ${HELD[name]} can be created in ${refused.join(', ')}: set CORELOOM_HOME or TMPDIR to a folder that only you can write to.`;
  throw new CoreloomError(errors.some(isDiskFull) ? 'disk-full' : 'not-writable', message, errors[0]);
}

function filled(folder: string, fill: (folder: string) => unknown): unknown {
  try {
    return fill(folder);
  } catch (error) {
    removeQuietly(folder);
    throw error;
  }
}

/** A socket's path may have 103 bytes on every system, and a longer one is cut without a word; part of it are the name in the folder and what mkdtemp adds. */
const LONGEST_SOCKET = 103;
const INSIDE = '123456/socket'.length;

function refuseLong(folder: string): void {
  if (process.platform !== 'win32' && Buffer.byteLength(folder) + INSIDE > LONGEST_SOCKET)
    throw new Error('its path is too long for a socket');
}

const NAME = new RegExp(`^(?:coreloom-)?[a-z]+-(${OWNER_PATTERN})-`);
/** Where a folder is shared with machines and containers whose processes cannot be seen from here, ms. */
const ABANDONED_MS = 30 * 24 * 3_600_000;

/**
 * Removes what processes that have ended left in a place. Only this user can have made or entered what is removed, and
 * nobody else can swap it in such a place, so that no link is ever followed out of it.
 */
function sweep(place: string): void {
  for (const name of namesIn(place)) {
    const folder = join(place, name);
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats !== undefined && isPrivate(stats) && hasEnded(name, stats.mtimeMs) && !hasBrowser(folder))
      removeQuietly(folder);
  }
}

function namesIn(place: string): string[] {
  try {
    return readdirSync(place).filter((name) => NAME.test(name));
  } catch {
    // A folder that can be written to but not listed.
    return [];
  }
}

/** Whether the process that made a folder has ended. */
function hasEnded(name: string, changedMs: number): boolean {
  return ownerEnded(NAME.exec(name)?.[1] ?? '') ?? Date.now() - changedMs > ABANDONED_MS;
}

/** Chromium on Linux and macOS marks the profile it uses with a link `SingletonLock` -> `<host>-<pid>`; it may outlive what started it. */
function hasBrowser(folder: string): boolean {
  try {
    const pid = Number(readlinkSync(join(folder, 'SingletonLock')).split('-').at(-1));
    return Number.isInteger(pid) && isAlive(pid);
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  if (isDiskFull(error)) return 'its disk is full';
  return error instanceof Error && !('code' in error) ? error.message : codeOf(error);
}
