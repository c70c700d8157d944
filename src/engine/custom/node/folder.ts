import { CoreloomError } from '../../../contract';
import { isDiskFull, codeOf } from '../../system/error-code';
import { makeOwnedFolder } from '../../system/owned-folder';
import { removeQuietly } from '../../system/remove-quietly';

/**
 * Makes the folder of one opened module and fills it with the file that its workers load and their socket; in memory where
 * the disk takes no socket (some of the network do not). Throws `not-writable` or `disk-full`.
 */
export async function inModuleFolder<T>(fill: (folder: string) => Promise<T>): Promise<T> {
  return filled('socket', fill).catch(() => filled('memory', fill));
}

async function filled<T>(purpose: 'socket' | 'memory', fill: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeOwnedFolder(purpose, 'module');
  try {
    return await fill(folder);
  } catch (error) {
    removeQuietly(folder);
    const full = isDiskFull(error);
    const reason = full ? 'its disk is full' : codeOf(error);
    throw new CoreloomError(
      full ? 'disk-full' : 'not-writable',
      `Your module cannot run: no file or socket can be created in "${folder}" (${reason}). Set CORELOOM_HOME to a folder with a short path that allows both.`,
      error,
    );
  }
}
