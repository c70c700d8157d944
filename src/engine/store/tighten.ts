import { constants } from 'node:fs';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isOwn } from '../system/private-place';

const OTHERS = 0o077;

/**
 * Takes from other users what they may do with a folder of this user's and with the files in it, where that is anything:
 * earlier versions let everybody read. What is not this user's stays as it is, and no link is followed. Never rejects.
 */
export async function tighten(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await ifOwn(folder, async (handle, mode) => {
    if ((mode & OTHERS) === 0) return;
    // The folder comes last: once it is closed to others, nobody looks at its files again.
    for (const name of await readdir(folder)) await ifOwn(join(folder, name), close);
    await close(handle, mode);
  });
}

async function close(handle: FileHandle, mode: number): Promise<void> {
  if ((mode & OTHERS) !== 0) await handle.chmod(mode & ~OTHERS);
}

/** Opened once, so that nobody can swap it between the look and the change; not through a link, nor waiting at a pipe. */
async function ifOwn(path: string, use: (handle: FileHandle, mode: number) => Promise<void>): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  try {
    const stats = await handle?.stat();
    // A file with a second name may be something else as well.
    const alone = stats?.isDirectory() === true || (stats?.isFile() === true && stats.nlink === 1);
    if (handle !== null && stats && alone && isOwn(stats)) await use(handle, stats.mode & 0o777);
  } catch {
    // It stays as it is.
  } finally {
    await handle?.close().catch(() => undefined);
  }
}
