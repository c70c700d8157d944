import type { Stats } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { binarySize, CoreloomError, type Report, type ReportSummary } from '../../contract';
import { isDiskFull, codeOf } from '../system/error-code';
import { createDrafts } from './drafts';
import { forgetLabel, readLabel, worded, writeLabel } from './labels';
import { makeFolder } from './make-folder';
import { oneWriter } from './one-writer';
import { createReportIndex, type ReportEntry } from './report-index';
import { fileOf, isSafeId, notFound, quoted } from './report-names';
import { sweepTemporaries } from './temporary';
import { tighten } from './tighten';
import { createTrash } from './trash';
import type { ReportCodec, ReportStore, SavedReports } from './types';
import { checkWritable, writePrivateFile } from './write-file';

export interface ReportStoreOptions {
  /** Coreloom's data folder; created at the first save. */
  home: string;
  codec: ReportCodec;
  /** Makes of the report of an interrupted experiment what its end would have made of it. */
  complete?(report: Report): Promise<Report>;
}

/** Saved reports in `<home>/reports`, one file each. The files are the truth; an index only makes listing quick. */
export function createReportStore({
  home,
  codec,
  complete = (report) => Promise.resolve(report),
}: ReportStoreOptions): ReportStore {
  const folder = join(home, 'reports');
  const read = (name: string): Promise<Report> => readReport(folder, name, codec);
  const index = createReportIndex({ folder, codec, read });
  const trashFolder = join(home, 'trash');
  const trash = createTrash({ folder: trashFolder, reports: folder });
  const pathOf = (id: string): string => join(folder, fileOf(id));
  const drafts = createDrafts({
    folder,
    codec,
    load: (id) => read(fileOf(id)),
    async save(draft) {
      const report = await complete(draft);
      await writePrivateFile(pathOf(report.id), codec.serialize(report));
      return codec.summarize(report);
    },
  });
  const writer = oneWriter(folder);
  let recovered: Promise<ReportSummary[]> | null = null;
  /** Once for each store, before it is first used: what killed processes left behind, and what others could read. */
  const recover = (): Promise<ReportSummary[]> =>
    (recovered ??= Promise.all([sweepTemporaries(folder), tighten(folder), tighten(trashFolder)]).then(() =>
      drafts.recover(),
    ));
  const safe = (id: string): string => {
    if (isSafeId(id)) return id;
    throw notFound(id);
  };
  /** Readies the folder for a report. */
  const admit = async ({ id }: Report): Promise<void> => {
    if (!isSafeId(id))
      throw new CoreloomError(
        'bad-input',
        `The report's id ${quoted(id)} cannot be a file name: use letters, digits, "-" and "_".`,
      );
    await createFolder(folder);
    await recover();
  };

  return {
    folder,
    async save(report) {
      await admit(report);
      const path = pathOf(report.id);
      const text = codec.serialize(report);
      await writePrivateFile(path, text).catch(async () => {
        // A draft of it may hold the room that is missing. It is not needed any longer: the caller has the whole report.
        await drafts.discard(report.id);
        await writePrivateFile(path, text);
      });
      await drafts.discard(report.id);
      return { path };
    },
    async add(report) {
      await admit(report);
      const path = pathOf(report.id);
      return writer.inTurn(async () => {
        if (await isThere(path)) return false;
        await forgetLabel(folder, report.id);
        await writePrivateFile(path, codec.serialize(report));
        return true;
      });
    },
    async draft(report) {
      await admit(report);
      await drafts.write(report);
    },
    recover,
    async check() {
      await createFolder(folder);
      await checkWritable(pathOf('check'));
    },
    async load(id) {
      return read(fileOf(safe(id)));
    },
    async list() {
      await recover();
      return sorted(await index.entries(await namesIn(folder)));
    },
    async label(id) {
      return readLabel(folder, safe(id));
    },
    async relabel(id, change) {
      const path = pathOf(safe(id));
      await writer.inTurn(async () => {
        if (!(await isThere(path))) throw notFound(id);
        const { title, note } = { ...(await readLabel(folder, id)), ...change };
        await writeLabel(folder, id, { title: worded(title), note: worded(note) });
      });
    },
    async remove(id) {
      safe(id);
      await writer.inTurn(() => trash.take(id));
    },
    async restore(id) {
      safe(id);
      await writer.inTurn(() => trash.giveBack(id));
    },
  };
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new CoreloomError(
      'not-available',
      `The saved reports in "${folder}" cannot be read (${codeOf(error)}): it must be a folder that you may read.`,
      error,
    );
  }
}

async function readReport(folder: string, name: string, codec: ReportCodec): Promise<Report> {
  const id = name.slice(0, -'.json'.length);
  const report = codec.parse(await readText(join(folder, name), { id, maxBytes: codec.maxBytes }));
  if (report.id === id) return report;
  throw new CoreloomError(
    'report-broken',
    `The report in "${name}" has the id ${quoted(report.id)}: rename the file to that id.`,
  );
}

async function readText(path: string, { id, maxBytes }: { id: string; maxBytes: number }): Promise<string> {
  try {
    // Not through a link or a pipe: reading those may lead anywhere, or never end.
    refuseUnreadable(await lstat(path), maxBytes);
    const file = await open(path, 'r');
    try {
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CoreloomError) throw error;
    if (codeOf(error) === 'ENOENT') throw notFound(id, error);
    throw new CoreloomError('report-broken', `The report ${quoted(id)} cannot be read (${codeOf(error)}).`, error);
  }
}

function refuseUnreadable(stats: Stats, maxBytes: number): void {
  if (!stats.isFile()) throw new CoreloomError('report-broken', 'The report is not a regular file.');
  if (stats.size > maxBytes) {
    throw new CoreloomError(
      'report-broken',
      `The report is larger than the ${binarySize(maxBytes)} that a report can have.`,
    );
  }
}

async function createFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    const full = isDiskFull(error);
    const reason = full
      ? 'the disk is full'
      : `it must be a folder that you may write to (${codeOf(error)}); set CORELOOM_HOME to another`;
    throw new CoreloomError(
      full ? 'disk-full' : 'not-writable',
      `Cannot save reports in "${folder}": ${reason}.`,
      error,
    );
  }
}

/** Newest first. */
function sorted(entries: ReportEntry[]): SavedReports {
  const list: SavedReports = { reports: [], broken: [] };
  for (const entry of entries) {
    if (entry.state === 'good') list.reports.push(entry.report);
    else list.broken.push({ file: entry.file, message: entry.message });
  }
  const time = new Map(list.reports.map((report) => [report, Date.parse(report.startedAt)]));
  list.reports.sort((a, b) => (time.get(b) ?? 0) - (time.get(a) ?? 0) || (a.id < b.id ? 1 : -1));
  list.broken.sort((a, b) => (a.file < b.file ? -1 : 1));
  return list;
}
