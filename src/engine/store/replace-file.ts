import { rename as renameFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from '../system/error-code';

/** What Windows answers while somebody has the file open, be it a search index or a scanner of viruses for a moment. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);
const TRIES = 20;
const WAIT_MS = 50;

export interface ReplaceOptions {
  platform?: NodeJS.Platform;
  rename?: (from: string, to: string) => Promise<void>;
}

/** Renames a file over another. Windows refuses that while the other one is open: there it is tried for a second. */
export async function replaceFile(
  from: string,
  to: string,
  { platform = process.platform, rename = renameFile }: ReplaceOptions = {},
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const inUse = platform === 'win32' && IN_USE.has(codeOf(error));
      if (!inUse || tried === TRIES) throw error;
      await wait(WAIT_MS);
    }
  }
}
