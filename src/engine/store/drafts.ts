import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, processNamespace } from '../owned-folder';
import { replaceFile } from './replace-file';
import { fileOf, isSafeId } from './report-names';
import { writePrivateFile } from './write-file';

/** Reports of experiments that are on, beside those that are saved: what there is of them should this process be killed. */
export interface Drafts {
  /** Errors: `not-writable`, `disk-full`. */
  write(id: string, text: string): Promise<void>;
  /** Removes one whose report is saved. Never rejects. */
  discard(id: string): Promise<void>;
  /** Saves those of processes that have ended. Never rejects: what cannot be saved stays a draft. */
  adopt(): Promise<void>;
}

const NAME = /^\.([^.]+)\.(\d+)-(\d+)\.draft$/;

export function createDrafts(folder: string): Drafts {
  // The folder may be shared with containers, whose process ids mean nothing here.
  const namespace = processNamespace();
  const pathOf = (id: string): string => join(folder, `.${id}.${namespace}-${String(process.pid)}.draft`);
  const removed = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);

  async function adoptOne(name: string): Promise<void> {
    const [, id = '', where, pid] = NAME.exec(name) ?? [];
    if (!isSafeId(id) || where !== namespace || isAlive(Number(pid))) return;
    const report = join(folder, fileOf(id));
    const saved = await lstat(report).then(() => true, () => false);
    if (saved) await removed(join(folder, name));
    else await replaceFile(join(folder, name), report).catch(() => undefined);
  }

  return {
    write: (id, text) => writePrivateFile(pathOf(id), text),
    discard: (id) => removed(pathOf(id)),
    async adopt() {
      for (const name of await readdir(folder).catch(() => [])) await adoptOne(name);
    },
  };
}
