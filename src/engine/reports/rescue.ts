import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../contract';
import { dataFolder, checkWritable, writePrivateFile } from '../store';
import { makeLastingFolder } from '../system/private-place';
import { reportJson } from './any-kind';
import { createStore } from './saved-reports';

/** The file of a report in the data folder; null if it is not there. */
export function savedFile(id: string): string | null {
  const file = join(createStore({ home: dataFolder() }).folder, `${id}.json`);
  return existsSync(file) ? file : null;
}

/** Writes a report that the data folder does not take to a folder of the temporary one; answers its file, or null if that fails too. */
export async function rescueReport(report: Report): Promise<string | null> {
  try {
    const file = join(makeLastingFolder(), `${report.id}.json`);
    await writePrivateFile(file, reportJson(report));
    return file;
  } catch {
    return null;
  }
}

/** Whether `rescueReport` could write now. */
export async function canRescue(): Promise<boolean> {
  try {
    const folder = makeLastingFolder();
    await checkWritable(join(folder, 'check.json')).finally(() => rmdir(folder));
    return true;
  } catch {
    return false;
  }
}
