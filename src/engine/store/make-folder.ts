import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../error-code';

/**
 * Makes a folder and those above it that are missing. Node's recursive `mkdir` never ends where a parent exists and the
 * kernel still answers that there is no such file, as in /proc; this throws that error.
 */
export async function makeFolder(folder: string): Promise<void> {
  const made = (error: unknown): void => {
    if (codeOf(error) !== 'EEXIST') throw error;
  };
  try {
    await mkdir(folder).catch(made);
  } catch (error) {
    const parent = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await mkdir(folder).catch(made);
  }
}
