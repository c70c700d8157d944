import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { CoreloomError } from '../../contract';
import { codeOf } from '../system/error-code';
import { removeQuietly } from '../system/remove-quietly';
import { preparedOf } from './settings';
import type { TaskInput } from './workload';

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
    throw new CoreloomError(
      'not-writable',
      `The folder "${folder}" for the tasks’ files cannot be created (${codeOf(error)}): do not change the run’s folder until the run ends.`,
      error,
    );
  }
}
