import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of workers whose engine is this process. */
export const OWN_FOLDER = join(tmpdir(), `coreloom-files-${process.pid}`);

/** Removes the folders of workers of this process, and of tasks that ran in this process itself. */
export function removeTaskFolders(): void {
  for (const pid of [process.pid, process.ppid]) rmSync(join(tmpdir(), `coreloom-files-${pid}`), { recursive: true, force: true });
}
