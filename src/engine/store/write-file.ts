import { constants, type Stats } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { CoreloomError } from '../../contract';
import { isDiskFull, codeOf } from '../system/error-code';
import { nameFault } from './file-names';
import { replaceFile } from './replace-file';
import { openTemporary } from './temporary';

/**
 * Writes text or bytes so that a reader sees the old file or the new one, whole, also after a crash. What is not a regular
 * file (a device, a pipe) is written to directly. Throws `not-writable` or `disk-full`; leaves no other file behind.
 */
export async function writeFileAtomic(path: string, text: string | Uint8Array): Promise<void> {
  try {
    refuseName(path);
    const target = await find(path);
    if (target.direct) await writeDirectly(target.path, text);
    // A file that is there keeps who may read it; a new one in a place that the user chose follows the umask.
    else await replace(target, text, target.stats ? target.stats.mode & 0o777 : 0o666);
  } catch (error) {
    throw writeError(path, error);
  }
}

/** Writes a file of Coreloom's own in the same way, for this user's eyes alone. Throws `not-writable` or `disk-full`. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  try {
    await replace(await find(path), text, 0o600);
  } catch (error) {
    throw writeError(path, error);
  }
}

/** Refuses, before anything is measured, a path that cannot be written to. Throws `not-writable` or `disk-full`. */
export async function checkWritable(path: string): Promise<void> {
  try {
    refuseName(path);
    const target = await find(path);
    if (target.stats) await access(target.path, constants.W_OK);
    if (target.direct) return;
    // Only creating a file proves that one can be created: permissions do not tell of a read-only file system.
    await (await openTemporary(dirname(target.path), 0o600)).discard();
  } catch (error) {
    throw writeError(path, error);
  }
}

interface Target {
  path: string;
  /** null where there is no file yet. */
  stats: Stats | null;
  /** Written to as it is, not replaced. */
  direct: boolean;
}

async function find(path: string): Promise<Target> {
  const absolute = resolve(path);
  const stats = await stat(absolute).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (stats?.isDirectory()) throw Object.assign(new Error('The target is a folder.'), { code: 'EISDIR' });
  // Standard output may be redirected to a regular file; replacing that file would lose what others write to it.
  const borrowed = /^\/(dev|proc)\//.test(absolute);
  if (borrowed && !stats) throw Object.assign(new Error('No such device.'), { code: 'ENODEV' });
  if (borrowed || (stats && !stats.isFile())) return { path: absolute, stats, direct: true };
  // A link stays a link: the file that it points to is replaced.
  return { path: stats ? await realpath(absolute) : absolute, stats, direct: false };
}

async function writeDirectly(path: string, text: string | Uint8Array): Promise<void> {
  const stream = OWN_STREAMS.find(({ names }) => names.test(path));
  if (stream) return writeToStream(stream.open(), text);
  // Never truncated: see `find`.
  const file = await open(path, constants.O_WRONLY | constants.O_APPEND);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

async function replace({ path, stats }: Target, text: string | Uint8Array, mode: number): Promise<void> {
  // A file that its owner made read-only stays as it is, although a rename would get past it.
  if (stats) await access(path, constants.W_OK);
  const temporary = await openTemporary(dirname(path), mode);
  try {
    await temporary.file.writeFile(text);
    await temporary.file.sync();
    await temporary.file.close();
    await replaceFile(temporary.path, path);
  } catch (error) {
    await temporary.discard();
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Opened by name, these would have a position of their own, and what this process prints would overwrite the text. */
const OWN_STREAMS = [
  { names: /^\/dev\/stdout$|^\/(dev|proc\/self)\/fd\/1$/, open: () => process.stdout },
  { names: /^\/dev\/stderr$|^\/(dev|proc\/self)\/fd\/2$/, open: () => process.stderr },
];

async function writeToStream(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  // The failure comes to the callback too; without a listener the event alone would end the process.
  const ignore = (): void => undefined;
  stream.on('error', ignore);
  try {
    await new Promise<void>((done, failed) => {
      stream.write(text, (error) => {
        if (error) failed(error);
        else done();
      });
    });
  } finally {
    setImmediate(() => stream.off('error', ignore));
  }
}

/** Makes the rename itself survive a power cut, where the system lets folders be synced (not Windows). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function refuseName(path: string): void {
  if (path === '' || path.endsWith('/') || path.endsWith(sep)) {
    throw Object.assign(new Error('The path names no file.'), { code: 'EISDIR' });
  }
  const fault = nameFault(basename(path));
  if (fault !== null) throw new Error(fault);
}

const NOT_PERMITTED =
  process.platform === 'win32'
    ? 'another program has it open, or writing there is not permitted; close it there or choose another place'
    : 'writing there is not permitted; choose a place that is yours';

const REASONS: Record<string, (path: string) => string> = {
  ENOENT: (path) => `the folder "${dirname(resolve(path))}" does not exist; create it or choose another`,
  ENOTDIR: (path) => `"${dirname(resolve(path))}" is not a folder; choose a path inside a folder`,
  EACCES: () => NOT_PERMITTED,
  EPERM: () => NOT_PERMITTED,
  EBUSY: () => 'another program has it open; close it there or choose another name',
  EISDIR: () => 'that is a folder; add a file name',
  ENAMETOOLONG: () => 'the name is longer than the file system allows; choose a shorter one',
  EROFS: () => 'the file system is read-only; choose another place',
  ENODEV: () => 'there is no such device; choose a file',
  EPIPE: () => 'the reading end of the pipe was closed',
  EFBIG: () => 'it is larger than a file may be there (ulimit -f, or the file system itself); choose another place',
  ELOOP: () => 'its links lead in a circle; choose another path',
};

/** One sentence that says what was wrong and what would be right. */
export function writeError(path: string, error: unknown): CoreloomError {
  if (isDiskFull(error)) {
    return new CoreloomError(
      'disk-full',
      `Cannot write ${shown(path)}: the disk is full; free some space or choose another place.`,
      error,
    );
  }
  const reason = REASONS[codeOf(error)]?.(path) ?? (error instanceof Error ? error.message : String(error));
  return new CoreloomError('not-writable', `Cannot write ${shown(path)}: ${reason}.`, error);
}

/** A path in quotes, an over-long file name shortened in its middle. */
function shown(path: string): string {
  const name = basename(path);
  return `"${name.length > 80 ? join(dirname(path), `${name.slice(0, 40)}…${name.slice(-20)}`) : path}"`;
}
