import { lstat, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreloomError } from '../../contract';
import { codeOf } from '../system/error-code';
import { makeFolder } from './make-folder';
import { replaceFile } from './replace-file';
import { fileOf, labelOf, notFound, quoted } from './report-names';

/** What the trash holds at most; what was thrown away first goes first. */
export interface TrashLimits {
  reports: number;
  bytes: number;
  ageMs: number;
}

const TRASH_LIMITS: TrashLimits = { reports: 100, bytes: 2 ** 30, ageMs: 30 * 24 * 3_600_000 };

/** The two folders change by one writer: each call in its turn (one-writer.ts). */
export interface Trash {
  /** Moves a report and what was written on it here. Errors: `report-not-found`, `not-writable`. */
  take(id: string): Promise<void>;
  /** Moves it back. Errors: `report-not-found`, `bad-input`, `not-writable`. */
  giveBack(id: string): Promise<void>;
}

/** Deleted reports of `reports` wait in `folder` until the trash is full or they are old. */
export function createTrash({
  folder,
  reports,
  limits = TRASH_LIMITS,
  now = Date.now,
}: {
  folder: string;
  reports: string;
  limits?: TrashLimits;
  now?: () => number;
}): Trash {
  return {
    async take(id) {
      if (!(await exists(join(reports, fileOf(id))))) throw notFound(id);
      await makeFolder(folder).catch((error: unknown) => {
        throw refused(folder, error);
      });
      await moveReport(reports, folder, id);
      // What was written on an earlier report of that name is not this one's.
      if ((await renamed(join(reports, labelOf(id)), join(folder, labelOf(id)))) === 'ENOENT')
        await rm(join(folder, labelOf(id)), { force: true }).catch(() => undefined);
      const at = new Date(now());
      await utimes(join(folder, fileOf(id)), at, at).catch(() => undefined);
      // A trash that cannot be emptied is no reason to say that deleting failed.
      await empty(folder, { limits, nowMs: now(), spared: id }).catch(() => undefined);
    },
    async giveBack(id) {
      if (await exists(join(reports, fileOf(id))))
        throw new CoreloomError('bad-input', `A report ${quoted(id)} already exists: delete it first.`);
      if (!(await exists(join(folder, fileOf(id))))) throw notFound(id);
      // First, so that a report whose way back was cut off is never without it. One that lies there was left by a way here.
      if (!(await exists(join(reports, labelOf(id)))))
        await renamed(join(folder, labelOf(id)), join(reports, labelOf(id)));
      await moveReport(folder, reports, id);
    },
  };
}

async function moveReport(from: string, to: string, id: string): Promise<void> {
  const error = await renamed(join(from, fileOf(id)), join(to, fileOf(id)));
  if (error === 'ENOENT') throw notFound(id);
  if (error !== null) throw refused(to, Object.assign(new Error(error), { code: error }));
}

const renamed = (from: string, to: string): Promise<string | null> => replaceFile(from, to).then(() => null, codeOf);
const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

function refused(folder: string, error: unknown): CoreloomError {
  return new CoreloomError(
    'not-writable',
    `Reports cannot be moved to "${folder}" (${codeOf(error)}): it must be a folder that you may write to.`,
    error,
  );
}

/** Removes for good what is beyond the limits, but never what was thrown away just now. */
async function empty(
  folder: string,
  { limits, nowMs, spared }: { limits: TrashLimits; nowMs: number; spared: string },
): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const found = await Promise.all(
    names.map(async (name) => ({
      id: name.slice(0, -'.json'.length),
      stats: await lstat(join(folder, name)).catch(() => null),
    })),
  );
  const newestFirst = found
    .flatMap(({ id, stats }) => (stats ? [{ id, atMs: stats.mtimeMs, size: stats.size }] : []))
    .sort((a, b) => b.atMs - a.atMs);
  let bytes = 0;
  for (const [place, { id, atMs, size }] of newestFirst.entries()) {
    bytes += size;
    if (id === spared || (place < limits.reports && bytes <= limits.bytes && nowMs - atMs <= limits.ageMs)) continue;
    await rm(join(folder, fileOf(id)), { force: true });
    await rm(join(folder, labelOf(id)), { force: true });
  }
}
