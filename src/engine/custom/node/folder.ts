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
      `A file of your own cannot run here: "${folder}" takes no file or no socket (${reason}); set CORELOOM_HOME to a folder that takes both, with a short path.`,
      error,
    );
  }
}
