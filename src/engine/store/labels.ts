import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_NOTE, MAX_TITLE, plain, visible, type ReportLabel } from '../../contract';
import { labelOf } from './report-names';
import { writePrivateFile } from './write-file';

const NOTHING: ReportLabel = { title: null, note: null };
/** Far above what the longest title and note take, escaped. */
const MOST_BYTES = 64 * 1024;

/** What was written on a report in `folder`; nothing where its file is missing or not one that was written here. */
export async function readLabel(folder: string, id: string): Promise<ReportLabel> {
  const path = join(folder, labelOf(id));
  try {
    if ((await stat(path)).size > MOST_BYTES) return NOTHING;
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null
      ? {
          title: worded(plain(textIn(value, 'title').slice(0, MAX_TITLE))),
          note: worded(visible(textIn(value, 'note').slice(0, MAX_NOTE))),
        }
      : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** Writes on a report; a label without a word is no file. Errors: `not-writable`, `disk-full`. */
export async function writeLabel(folder: string, id: string, label: ReportLabel): Promise<void> {
  const path = join(folder, labelOf(id));
  if (label.title === null && label.note === null) await rm(path, { force: true });
  else await writePrivateFile(path, `${JSON.stringify(label)}\n`);
}

/** Removes what was written on a report that is no longer there, and left by a process that was killed. */
export async function forgetLabel(folder: string, id: string): Promise<void> {
  await rm(join(folder, labelOf(id)), { force: true });
}

/** A title or note as it is kept: without white space around it, and null where nothing is left. */
export function worded(text: string | null): string | null {
  return text?.trim() ? text.trim() : null;
}

function textIn(label: object, name: 'title' | 'note'): string {
  const value = (label as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
