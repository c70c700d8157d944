import { lstat, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CoreloomError,
  MAX_IMPORT_BYTES,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportSummary,
} from '../../contract';
import { ownerEnded, ownerName, OWNER_PATTERN } from '../system/process-owner';
import { replaceFile } from './replace-file';
import { isSafeId } from './report-names';
import type { ReportCodec } from './types';
import { writeError } from './write-file';

/** Reports of experiments that are on, beside those that are saved: what there is of them should this process be killed. */
export interface Drafts {
  /** Errors: `not-writable`, `disk-full`. */
  write(report: Report): Promise<void>;
  /** Removes one whose report is saved. Never rejects. */
  discard(id: string): Promise<void>;
  /** Saves those of processes that have ended, and answers them. Never rejects: what cannot be saved stays a draft. */
  recover(): Promise<ReportSummary[]>;
}

export interface DraftsOptions {
  /** Where reports are saved, and drafts of them lie. */
  folder: string;
  codec: Pick<ReportCodec, 'parse'>;
  /** A saved report; rejects where there is none that can be read. */
  load(id: string): Promise<Report>;
  save(report: Report): Promise<ReportSummary>;
}

const NAME = new RegExp(`^\\.([^.]+)\\.(${OWNER_PATTERN})\\.(draft|part)$`);
/** How long a draft is left alone whose owner cannot be seen from here (another machine, a container): it may live, ms. */
const SILENT_MS = 10 * 60_000;

/**
 * A draft is named by its report and by the process that writes it. It is written beside and renamed, so that there is
 * the one before it, whole, whenever the process is killed. It is not synced: what a process wrote outlives it.
 */
export function createDrafts({ folder, codec, load, save }: DraftsOptions): Drafts {
  const pathOf = (id: string, ending: 'draft' | 'part' = 'draft'): string =>
    join(folder, `.${id}.${ownerName()}.${ending}`);

  async function recoverOne(name: string): Promise<ReportSummary | null> {
    const [, id = '', owner = '', ending] = NAME.exec(name) ?? [];
    const path = join(folder, name);
    if (!isSafeId(id) || !(await isAbandoned(path, owner))) return null;
    if (ending === 'part') return removed(path).then(() => null);
    // Of all that look at this moment one can rename it, and goes on; should it be killed as well, it owns the draft.
    await rename(path, pathOf(id));
    const report = await readDraft(pathOf(id), id, codec);
    const there = report === null ? null : await load(id).catch(() => null);
    if (report === null || !isNews(report, there)) return removed(pathOf(id)).then(() => null);
    const saved = await save(report);
    await removed(pathOf(id));
    return saved;
  }

  return {
    async write(report) {
      const text = JSON.stringify(report);
      if (text.length > MAX_IMPORT_BYTES)
        throw new CoreloomError('not-writable', 'The report is too large to be saved during the measurement.');
      const [part, draft] = [pathOf(report.id, 'part'), pathOf(report.id)];
      try {
        await writeFile(part, text, { mode: 0o600 });
        await replaceFile(part, draft);
      } catch (error) {
        await removed(part);
        throw writeError(draft, error);
      }
    },
    async discard(id) {
      await removed(pathOf(id, 'part'));
      await removed(pathOf(id));
    },
    async recover() {
      const all: ReportSummary[] = [];
      for (const name of await readdir(folder).catch(() => [])) {
        const saved = await recoverOne(name).catch(() => null);
        if (saved !== null) all.push(saved);
      }
      return all;
    },
  };
}

/** Whether nobody will write a draft any more. */
async function isAbandoned(path: string, owner: string): Promise<boolean> {
  const stats = await lstat(path);
  // Windows has no numbers of users: there a folder of this user holds this user's files.
  if (!stats.isFile() || stats.uid !== (process.geteuid?.() ?? stats.uid)) return false;
  return ownerEnded(owner) ?? Math.abs(Date.now() - stats.mtimeMs) > SILENT_MS;
}

/** What a draft holds; null where that is no report of that id, as after a power cut. Rejects where it cannot be read. */
async function readDraft(path: string, id: string, codec: DraftsOptions['codec']): Promise<Report | null> {
  const file = await open(path, 'r');
  try {
    if ((await file.stat()).size > MAX_IMPORT_BYTES) return null;
    const text = await file.readFile('utf8');
    // A newer Coreloom will read it.
    if (Number(/^\{"schemaVersion":(\d+)/.exec(text)?.[1]) > REPORT_SCHEMA_VERSION)
      throw new Error('The draft was written by a newer Coreloom.');
    const report = parsed(text, codec);
    return report?.id === id && report.outcome === 'interrupted' ? report : null;
  } finally {
    await file.close();
  }
}

function parsed(text: string, codec: DraftsOptions['codec']): Report | null {
  try {
    return codec.parse(text);
  } catch {
    return null;
  }
}

/** Whether a draft says more than the report that is there: one whose owner was wrongly taken for gone may have been saved before. */
function isNews(draft: Report, there: Report | null): boolean {
  return there === null || (there.outcome === 'interrupted' && there.elapsedMs < draft.elapsedMs);
}

const removed = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);
