import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of workers whose engine is this process. */
export const OWN_FOLDER = join(tmpdir(), `coreloom-files-${process.pid}`);
/** The folder of tasks that run in this process itself, beside those of other test files. */
const OWN_TASKS = join(tmpdir(), `coreloom-files-${process.ppid}`, `${process.pid}-0`);

/** Removes the folders of workers of this process, and of tasks that ran in this process itself. */
export function removeTaskFolders(): void {
  for (const folder of [OWN_FOLDER, OWN_TASKS]) rmSync(folder, { recursive: true, force: true });
}
