import { randomBytes } from 'node:crypto';
import { lstat, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../system/process-owner';

/** A file that will take the place of another one. */
export interface Temporary {
  path: string;
  file: FileHandle;
  /** Closes and removes the file; never throws. */
  discard(): Promise<void>;
}

/** Makes one in a folder. Its name is short, whatever the target's, and unknown to every other process. */
export async function openTemporary(folder: string, mode: number): Promise<Temporary> {
  const path = join(folder, `.coreloom-${String(process.pid)}-${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(path, 'wx', mode);
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await removed(path);
  };
  return { path, file, discard };
}

const NAME = /^\.coreloom-(\d+)-[0-9a-f]{12}\.tmp$/;
/** Process ids of a container or machine that shares the folder mean nothing here; no write takes this long, ms. */
const ABANDONED_MS = 10 * 60_000;

/** Removes those that a killed process of this user left in a folder. Never rejects: what cannot be removed stays. */
export async function sweepTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid] = NAME.exec(name) ?? [];
    const path = join(folder, name);
    if (pid !== undefined && !isAlive(Number(pid)) && (await isAbandoned(path))) await removed(path);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => null);
  // Windows has no numbers of users: there a folder of this user holds this user's files.
  const own = stats?.uid === (process.getuid?.() ?? stats?.uid);
  return stats !== null && stats.isFile() && own && Date.now() - stats.mtimeMs > ABANDONED_MS;
}

const removed = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);
