import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorInfo } from '../../../contract';
import type { Translation } from '../loader/translation';

/** What a worker must know of a module before its first task. */
export interface Binding {
  path: string;
  taskPlace: string;
  /** Where the engine tells workers that the run is being ended. */
  cancelAt: string;
  /** The file that says how its imports are translated; null where they are not. */
  translation: string | null;
}

/** What a worker answers instead of a checksum where a task failed. */
export type TaskFailure = ErrorInfo;

/**
 * Writes the file that workers load their tasks from into a folder, and answers its path: a few lines, so that the module is loaded, and its `setup` done, before a
 * worker is ready, and neither is counted as a task's time. Beside it lies how its imports are translated, where they are.
 */
export async function bindTasks(
  folder: string,
  entry: string,
  binding: Omit<Binding, 'translation'>,
  translation: Translation | null,
): Promise<string> {
  const file = join(folder, 'tasks.mjs');
  const beside = translation === null ? null : join(folder, 'translation.json');
  if (beside !== null) await writeFile(beside, JSON.stringify(translation));
  const whole: Binding = { ...binding, translation: beside };
  await writeFile(
    file,
    `import { bind } from ${JSON.stringify(pathToFileURL(entry).href)};\nexport const { run, close, explain } = await bind(${JSON.stringify(whole)});\n`,
  );
  return file;
}
