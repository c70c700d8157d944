import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { CoreloomError } from '../../contract';
import { codeOf } from '../error-code';
import { makeOwnedFolder, removeQuietly } from '../owned-folder';
import { BLOCK_BYTES } from './block';
import { preparedOf } from './settings';
import type { Prepared, TaskInput } from './workload';

/** A folder for the files of one run, which its tasks are told of; it goes with the run. Throws `not-writable`, `disk-full`. */
export function prepareFolder(): Prepared & { values: { folder: string } } {
  return makeOwnedFolder('disk', 'tasks', (folder, refused) => {
    refuseFull(folder);
    return {
      values: { folder },
      ...(refused.length === 0 ? {} : { warning: `The files of tasks are in "${folder}", and that disk was measured: ${refused.join(', ')} took none.` }),
      stop: () => {
        removeQuietly(folder);
        return Promise.resolve();
      },
    };
  });
}

/** A full disk takes a folder, and then no file. */
function refuseFull(folder: string): void {
  const path = join(folder, 'room');
  writeFileSync(path, new Uint8Array(BLOCK_BYTES));
  rmSync(path);
}

let ready: string | null = null;

/**
 * The folder of this worker in its run's, made at the first call of a run: workers that share one would wait for each
 * other's changes to it. Throws `not-writable`.
 */
export function workerFolder(input: TaskInput): string {
  const folder = join(String(preparedOf('folder', input)), `${process.pid}-${threadId}`);
  if (folder !== ready) {
    restoreFolder(folder);
    process.once('exit', () => {
      removeQuietly(folder);
    });
    ready = folder;
  }
  return folder;
}

/**
 * Makes a worker's folder, also again where something removed it. Only ever in the run's, which this user alone can
 * enter: were that gone, somebody else could have made one of its name. Throws `not-writable`.
 */
export function restoreFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw new CoreloomError('not-writable', `The folder "${folder}" for the files of tasks cannot be made (${codeOf(error)}): leave the run's folder alone until it ends.`, error);
  }
}
