import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeOwnedFolder } from '../system/owned-folder';
import { removeQuietly } from '../system/remove-quietly';
import { BLOCK_BYTES } from './block';
import type { Prepared } from './workload';

/**
 * A folder for the files of one run, which its tasks are told of and which goes with it. Throws `not-writable`, `disk-full`.
 * Imported when a run is prepared: workers load every workload, and need none of this.
 */
export function prepareFolder(): Prepared & { values: { folder: string } } {
  return makeOwnedFolder('disk', 'tasks', (folder, refused) => {
    refuseFull(folder);
    return {
      values: { folder },
      ...(refused.length === 0
        ? {}
        : {
            warning: `No folder could be created in ${refused.join(', ')}, so the tasks’ files are in "${folder}" and that disk was measured.`,
          }),
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
