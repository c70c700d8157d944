import type { Stats } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CoreloomError, type Report, type ReportList } from '../../contract';
import { makeFolder } from './make-folder';
import { createReportIndex, type ReportEntry } from './report-index';
import type { ReportCodec, ReportStore } from './types';
import { writeFileAtomic } from './write-file';

export interface ReportStoreOptions {
  /** Coreloom's data folder; created at the first save. */
  home: string;
  codec: ReportCodec;
}

/** Saved reports in `<home>/reports`, one file each. The files are the truth; an index only makes listing quick. */
export function createReportStore({ home, codec }: ReportStoreOptions): ReportStore {
  const folder = join(home, 'reports');
  const index = createReportIndex({ path: join(folder, '.index.json'), codec });
  const read = (name: string): Promise<Report> => readReport(folder, name, codec);

  return {
    folder,
    async save(report) {
      if (!isSafeId(report.id)) {
        throw new CoreloomError('bad-input', `The report's id ${quoted(report.id)} cannot be a file name: use letters, digits, "-" and "_".`);
      }
      const path = join(folder, fileOf(report.id));
      await createFolder(folder);
      await writeFileAtomic(path, codec.serialize(report));
      return { path };
    },
    async load(id) {
      if (!isSafeId(id)) throw notFound(id);
      return read(fileOf(id));
    },
    async list() {
      const names = await reportFiles(folder);
      return sorted(await index.entries(names, { stat: (name) => lstat(join(folder, name)), read }));
    },
  };
}

const fileOf = (id: string): string => `${id}.json`;

/** Letters, digits, `-` and `_` only: no path, no hidden file, and none of the names that Windows keeps for devices. */
function isSafeId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(id) && !/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(id);
}

async function reportFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new CoreloomError('not-available', `The saved reports in "${folder}" cannot be read (${codeOf(error)}): it must be a folder that you may read.`, error);
  }
}

async function readReport(folder: string, name: string, codec: ReportCodec): Promise<Report> {
  const id = name.slice(0, -'.json'.length);
  const report = codec.parse(await readText(join(folder, name), { id, maxBytes: codec.maxBytes }));
  if (report.id === id) return report;
  throw new CoreloomError('report-broken', `The report in "${name}" has the id ${quoted(report.id)}: rename the file to that id.`);
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
    throw new CoreloomError('report-broken', `The report is larger than the ${String(maxBytes / 1024 / 1024)} MB that a report can have.`);
  }
}

async function createFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    const full = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
    const reason = full ? 'the disk is full' : `it must be a folder that you may write to (${codeOf(error)}); set CORELOOM_HOME to another`;
    throw new CoreloomError(full ? 'disk-full' : 'not-writable', `Cannot keep reports in "${folder}": ${reason}.`, error);
  }
}

/** Newest first. */
function sorted(entries: ReportEntry[]): ReportList {
  const list: ReportList = { reports: [], broken: [] };
  for (const entry of entries) {
    if (entry.state === 'good') list.reports.push(entry.summary);
    else list.broken.push({ file: entry.file, message: entry.message });
  }
  const time = new Map(list.reports.map((report) => [report, Date.parse(report.startedAt)]));
  list.reports.sort((a, b) => (time.get(b) ?? 0) - (time.get(a) ?? 0) || (a.id < b.id ? 1 : -1));
  list.broken.sort((a, b) => (a.file < b.file ? -1 : 1));
  return list;
}

function notFound(id: string, cause?: unknown): CoreloomError {
  return new CoreloomError('report-not-found', `There is no saved report ${quoted(id)}.`, cause);
}

function quoted(id: string): string {
  return `"${id.length > 60 ? `${id.slice(0, 60)}…` : id}"`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
