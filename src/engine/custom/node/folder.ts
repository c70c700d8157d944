import { tmpdir } from 'node:os';
import { CoreloomError } from '../../../contract';
import { isDiskFull } from '../../disk-full';
import { codeOf } from '../../error-code';
import { makeOwnedFolder } from '../../owned-folder';

/** Makes the folder of one opened module: the file that its workers load, and its socket. Throws `not-writable`. */
export function makeModuleFolder(): string {
  try {
    return makeOwnedFolder(tmpdir(), 'coreloom-module');
  } catch (error) {
    throw notWritable('folder', error);
  }
}

/** Why a module cannot be run where the temporary folder does not take what that needs. */
export function notWritable(what: 'folder' | 'file' | 'socket', error: unknown): CoreloomError {
  const full = isDiskFull(error);
  const reason = `the temporary folder "${tmpdir()}" takes no ${what} (${full ? 'its disk is full' : codeOf(error)})`;
  return new CoreloomError(full ? 'disk-full' : 'not-writable', `A file of your own cannot run here: ${reason}; set TMPDIR to a folder that you may write to, with a short path.`, error);
}
