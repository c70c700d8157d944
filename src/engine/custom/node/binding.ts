import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorInfo } from '../../../contract';

/** What a worker must know of a module before its first task. */
export interface Binding {
  path: string;
  taskPlace: string;
  /** Where the engine listens for whoever wants to know that the run is being ended. */
  cancelAt: string;
}

/** What a worker answers instead of a checksum where a task failed. */
export type TaskFailure = ErrorInfo;

/**
 * Writes the file that workers load their tasks from into a folder, and answers its path: a few lines, so that the module is loaded, and its `setup` done, before a
 * worker is ready, and neither is counted as a task's time.
 */
export async function bindTasks(folder: string, entry: string, binding: Binding): Promise<string> {
  const file = join(folder, 'tasks.mjs');
  await writeFile(file, `import { bind } from ${JSON.stringify(pathToFileURL(entry).href)};\nexport const { run, close } = await bind(${JSON.stringify(binding)});\n`);
  return file;
}
