import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { codeOf } from './error-code';
import { dataFolder } from './data-folder';

/**
 * What a folder is for. `disk`: files of tasks, on the disk of the data folder, which is what they measure. `socket`: a
 * socket, and files that are needed as long as a run: what lies in memory may be taken away when its user logs out.
 * `memory`: a socket, and what is written all the time. `browser`: the profile of a browser, which may not enter hidden
 * folders of its user (as a snap) and so gets one of the temporary folder.
 */
export type Purpose = 'disk' | 'socket' | 'memory' | 'browser';

/** A folder where this user may make others, which nobody else can enter or swap. */
export interface Place {
  path: string;
  /** How names of Coreloom's folders begin there. */
  prefix: string;
  /** Checks it, makes it where it is this user's alone, and answers its path without links. Throws. */
  open(): string;
}

/** The places for a purpose, the best first. */
export function placesFor(purpose: Purpose): Place[] {
  const kept = own(join(dataFolder(), 'private'));
  const temporary = shared(tmpdir());
  const places: Record<Purpose, Place[]> = {
    disk: [kept, temporary],
    socket: [kept, ...inMemory(), temporary],
    memory: [...inMemory(), kept, temporary],
    browser: [temporary, kept],
  };
  return places[purpose];
}

/** `XDG_RUNTIME_DIR` is this user's alone; where there is none, Linux has memory that all users share. */
function inMemory(): Place[] {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return [
    ...(runtime !== undefined && isAbsolute(runtime) ? [runtimePlace(runtime)] : []),
    ...(process.platform === 'linux' ? [shared('/dev/shm')] : []),
  ];
}

const own = (path: string): Place => ({ path, prefix: '', open: () => ensurePrivate(resolve(path)) });
const shared = (path: string): Place => ({ path, prefix: 'coreloom-', open: () => safePath(resolve(path)) });

/** The system makes such a folder at login, for its user alone; another's, or none, may be named in the environment. */
function runtimePlace(runtime: string): Place {
  const { path, prefix, open } = own(join(runtime, 'coreloom'));
  const opened = (): string => {
    if (!isPrivate(lstatSync(safePath(resolve(runtime))))) throw new Error(`${runtime} is not yours alone`);
    return open();
  };
  return { path, prefix, open: opened };
}

/** Makes a folder of the temporary one that only this user can enter, and that nobody removes; answers its path. Throws. */
export function makeLastingFolder(): string {
  return mkdtempSync(join(shared(tmpdir()).open(), 'coreloom-kept-'));
}

/** Whether a file or folder is this user's. Windows has no numbers of users: there a user's folders hold that user's files. */
export function isOwn(stats: Stats): boolean {
  return stats.uid === (process.geteuid?.() ?? stats.uid);
}

/** Whether nobody but this user can ever have written in a folder. A link is none. */
export function isPrivate(stats: Stats): boolean {
  return stats.isDirectory() && isOwn(stats) && (process.platform === 'win32' || (stats.mode & 0o077) === 0);
}

/** Makes a folder for this user alone, and those above it that are missing; answers its path without links. Throws. */
function ensurePrivate(path: string): string {
  const folder = join(ensureSafe(dirname(path)), basename(path));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || !isOwn(stats)) throw new Error('it is not a folder of yours');
  if (!isPrivate(stats)) chmodSync(folder, 0o700);
  return folder;
}

function ensureSafe(path: string): string {
  try {
    return safePath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return ensurePrivate(path);
  }
}

/**
 * The path of a folder or a file without links. Throws, as the beginning of a sentence, if anybody but this user and the
 * system can change it or swap what lies on the way to it.
 */
export function safePath(path: string): string {
  if (process.platform === 'win32') return realpathSync(path);
  refuseForeign(path);
  const real = realpathSync(path);
  if (real !== path) refuseForeign(real);
  return real;
}

/** As `safePath`, for a folder in which nobody else may even have files of their own: from there code would load theirs. */
export function closedFolder(path: string): string {
  const folder = safePath(path);
  if (process.platform !== 'win32' && isOpen(lstatSync(folder))) throw new Error(`others may write to ${folder}`);
  return folder;
}

function refuseForeign(path: string): void {
  if (dirname(path) !== path) refuseForeign(dirname(path));
  const stats = lstatSync(path);
  if (!isOwn(stats) && stats.uid !== 0 && stats.uid !== unmappedUser()) throw new Error(`${path} is somebody else's`);
  // In a sticky folder, as the shared temporary one, nobody can rename or remove what is not their own.
  if (!stats.isSymbolicLink() && (stats.mode & 0o1000) === 0 && isOpen(stats))
    throw new Error(`others may write to ${path}`);
}

/** Many systems give each user a group of their own, with the user's number, and let it write to all that is the user's. */
function isOpen({ mode, gid }: Stats): boolean {
  const ownGroup = gid === process.getegid?.() && gid === process.geteuid?.();
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !ownGroup);
}

/** Linux shows what belongs to users outside of a user namespace, as the system's own files there, as this one's. */
const OVERFLOW = 65_534;
let unmapped: number | null | undefined;

function unmappedUser(): number | null {
  unmapped ??= isMapped(OVERFLOW) ? null : OVERFLOW;
  return unmapped;
}

function isMapped(user: number): boolean {
  try {
    const ranges = readFileSync('/proc/self/uid_map', 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    return ranges.some(([first = 0, , count = 0]) => user >= first && user < first + count);
  } catch {
    return true;
  }
}
