import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../system/error-code';

/**
 * Makes a folder for this user alone, and those above it that are missing. Node's recursive `mkdir` never ends where a parent exists and the
 * kernel still answers that there is no such file, as in /proc; this throws that error.
 */
export async function makeFolder(folder: string): Promise<void> {
  const made = (error: unknown): void => {
    if (codeOf(error) !== 'EEXIST') throw error;
  };
  try {
    await mkdir(folder, 0o700).catch(made);
  } catch (error) {
    const parent = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await mkdir(folder, 0o700).catch(made);
  }
}
