import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorInfo, type Report, type SavedReport } from '../../contract';
import { readLabel } from './labels';
import { labelOf } from './report-names';
import type { ReportCodec } from './types';
import { writePrivateFile } from './write-file';

export type ReportEntry =
  | { state: 'good'; file: string; stamp: string; report: SavedReport }
  | { state: 'broken'; file: string; stamp: string; message: string };

export interface ReportIndexOptions {
  /** The reports' folder; the index lies in it. */
  folder: string;
  codec: ReportCodec;
  read(name: string): Promise<Report>;
}

export interface ReportIndex {
  /** One entry for each report among the named files that still exists; reads only what changed since it was last read. */
  entries(names: readonly string[]): Promise<ReportEntry[]>;
}

/** How many files are looked at before others have their turn: looking blocks, but takes a few µs a file. */
const LOOKS = 256;
/** How many changed reports are read at a time. */
const READS = 16;

/**
 * Summaries of reports in memory and in one file beside them. The index is a cache: each entry carries the stamp of
 * the files it was made from, so a lost, broken or stale index, or one that another engine wrote, costs time only.
 */
export function createReportIndex(options: ReportIndexOptions): ReportIndex {
  const { folder, codec } = options;
  const path = join(folder, '.index.json');
  let cached: Map<string, ReportEntry> | null = null;
  // One look at a time: two at once would read every new file twice.
  let last: Promise<unknown> = Promise.resolve();

  async function refresh(names: readonly string[]): Promise<ReportEntry[]> {
    const before = (cached ??= await loadIndex(path, codec));
    const stamps = await stampsOf(folder, names);
    const found = new Map<string, ReportEntry>();
    const changed: [string, string][] = [];
    for (const [file, stamp] of stamps) {
      const known = before.get(file);
      if (known?.stamp === stamp) found.set(file, known);
      else changed.push([file, stamp]);
    }
    for (let at = 0; at < changed.length; at += READS) {
      const batch = await Promise.all(
        changed.slice(at, at + READS).map(([file, stamp]) => entryOf(file, stamp, options)),
      );
      for (const entry of batch) if (entry !== null) found.set(entry.file, entry);
    }
    cached = found;
    const fresh = changed.some(([file]) => found.get(file)?.state === 'good');
    if (fresh || before.size > found.size) await saveIndex(path, found);
    return [...found.values()];
  }

  return {
    entries(names) {
      const result = last.then(() => refresh(names));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** What tells each report's files from what they were before. Those gone since the folder was read are left out. */
async function stampsOf(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const labels = new Set(names.filter((name) => name.endsWith('.label')));
  const stamps = new Map<string, string>();
  let looks = 0;
  for (const file of names) {
    if (!file.endsWith('.json')) continue;
    const stamp = stampOf(join(folder, file));
    const label = labelOf(file.slice(0, -'.json'.length));
    if (stamp !== null) stamps.set(file, labels.has(label) ? `${stamp} ${stampOf(join(folder, label)) ?? ''}` : stamp);
    if (++looks % LOOKS === 0) await new Promise(setImmediate);
  }
  return stamps;
}

/** A file that is replaced is another one, also within one tick of the file system's clock. Asked one by one in promises, ten thousand files take five times as long. */
function stampOf(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined
    ? null
    : `${String(stats.ino)}:${String(stats.size)}:${String(stats.mtimeMs)}:${String(stats.ctimeMs)}`;
}

async function entryOf(
  file: string,
  stamp: string,
  { folder, codec, read }: ReportIndexOptions,
): Promise<ReportEntry | null> {
  try {
    const summary = codec.summarize(await read(file));
    return { state: 'good', file, stamp, report: { ...summary, ...(await readLabel(folder, summary.id)) } };
  } catch (error) {
    const { code, message } = errorInfo(error);
    return code === 'report-not-found' ? null : { state: 'broken', file, stamp, message };
  }
}

const INDEX_VERSION = 4;
const digestOf = (rows: string): string => createHash('sha1').update(rows).digest('hex');

/** The index's first line says what the others must come to; checking each of them costs more than reading them all. */
async function loadIndex(path: string, codec: ReportCodec): Promise<Map<string, ReportEntry>> {
  const entries = new Map<string, ReportEntry>();
  try {
    const text = await readFile(path, 'utf8');
    const rows = text.slice(text.indexOf('\n') + 1);
    const head = JSON.parse(text.slice(0, -rows.length)) as { version?: unknown; digest?: unknown } | null;
    if (head?.version !== INDEX_VERSION || head.digest !== digestOf(rows)) return entries;
    const known = new Set<string>();
    for (const [file, stamp, report] of JSON.parse(rows) as [string, string, SavedReport][]) {
      // Another version of Coreloom may have written other fields: one of each kind tells.
      if (!known.has(report.kind) && !isSaved(report, codec)) return new Map();
      known.add(report.kind);
      entries.set(file, { state: 'good', file, stamp, report });
    }
    return entries;
  } catch {
    // No index, or a broken one: it is made again from the reports.
    return new Map();
  }
}

function isSaved({ title, note, ...summary }: SavedReport, codec: ReportCodec): boolean {
  return codec.isSummary(summary) && [title, note].every((words) => words === null || typeof words === 'string');
}

async function saveIndex(path: string, entries: Map<string, ReportEntry>): Promise<void> {
  // Broken files are looked at again next time: a newer Coreloom may be able to read them.
  const good = [...entries.values()].filter((entry) => entry.state === 'good');
  const rows = `[\n${good.map(({ file, stamp, report }) => JSON.stringify([file, stamp, report])).join(',\n')}\n]\n`;
  const head = JSON.stringify({ version: INDEX_VERSION, digest: digestOf(rows) });
  // Listing works without an index (a folder that may only be read), it is only slower.
  await writePrivateFile(path, `${head}\n${rows}`).catch(() => undefined);
}
