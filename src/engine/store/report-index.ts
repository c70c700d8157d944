import type { Stats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { errorInfo, type ReportSummary, type Report } from '../../contract';
import type { ReportCodec } from './types';
import { writeFileAtomic } from './write-file';

export type ReportEntry =
  | { state: 'good'; file: string; stamp: string; summary: ReportSummary }
  | { state: 'broken'; file: string; stamp: string; message: string };

interface Files {
  stat(name: string): Promise<Stats>;
  read(name: string): Promise<Report>;
}

export interface ReportIndex {
  /** One entry for each named file that still exists; reads only those that changed since they were last read. */
  entries(names: readonly string[], files: Files): Promise<ReportEntry[]>;
}

/** How many files are looked at at a time. */
const BATCH = 64;

/**
 * Summaries of reports in memory and in one file beside them. The index is a cache: each entry carries the stamp of
 * the file it was made from, so a lost, broken or stale index, or one that another engine wrote, costs time only.
 */
export function createReportIndex({ path, codec }: { path: string; codec: ReportCodec }): ReportIndex {
  let cached: Map<string, ReportEntry> | null = null;
  // One look at a time: two at once would read every new file twice.
  let last: Promise<unknown> = Promise.resolve();

  async function refresh(names: readonly string[], files: Files): Promise<ReportEntry[]> {
    const before = (cached ??= await loadIndex(path, codec));
    const found: ReportEntry[] = [];
    for (let at = 0; at < names.length; at += BATCH) {
      const batch = await Promise.all(names.slice(at, at + BATCH).map((name) => entryOf(name, { before, files, codec })));
      found.push(...batch.filter((entry) => entry !== null));
    }
    cached = new Map(found.map((entry) => [entry.file, entry]));
    const changed = found.some((entry) => entry.state === 'good' && before.get(entry.file) !== entry);
    if (changed || before.size > found.length) await saveIndex(path, found);
    return found;
  }

  return {
    entries(names, files) {
      const result = last.then(() => refresh(names, files));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

async function entryOf(file: string, from: { before: Map<string, ReportEntry>; files: Files; codec: ReportCodec }): Promise<ReportEntry | null> {
  const stats = await from.files.stat(file).catch(() => null);
  // Gone since the folder was read.
  if (stats === null) return null;
  const stamp = `${String(stats.size)}:${String(stats.mtimeMs)}:${String(stats.ctimeMs)}`;
  const known = from.before.get(file);
  if (known?.stamp === stamp) return known;
  try {
    return { state: 'good', file, stamp, summary: from.codec.summarize(await from.files.read(file)) };
  } catch (error) {
    const { code, message } = errorInfo(error);
    return code === 'report-not-found' ? null : { state: 'broken', file, stamp, message };
  }
}

const INDEX_VERSION = 1;

async function loadIndex(path: string, codec: ReportCodec): Promise<Map<string, ReportEntry>> {
  const entries = new Map<string, ReportEntry>();
  try {
    const index = JSON.parse(await readFile(path, 'utf8')) as { version?: unknown; entries?: unknown } | null;
    if (index?.version !== INDEX_VERSION || !Array.isArray(index.entries)) return entries;
    for (const row of index.entries as unknown[]) {
      if (!Array.isArray(row)) continue;
      const [file, stamp, summary] = row as unknown[];
      if (typeof file === 'string' && typeof stamp === 'string' && codec.isSummary(summary) && file === `${summary.id}.json`) entries.set(file, { state: 'good', file, stamp, summary });
    }
  } catch {
    // No index, or a broken one: it is made anew from the reports.
  }
  return entries;
}

async function saveIndex(path: string, entries: ReportEntry[]): Promise<void> {
  // Broken files are looked at anew next time: a newer Coreloom may be able to read them.
  const rows = entries.flatMap((entry) => (entry.state === 'good' ? [JSON.stringify([entry.file, entry.stamp, entry.summary])] : []));
  // Listing works without an index (a folder that may only be read), it is only slower.
  await writeFileAtomic(path, `{"version":${String(INDEX_VERSION)},"entries":[\n${rows.join(',\n')}\n]}\n`).catch(() => undefined);
}
