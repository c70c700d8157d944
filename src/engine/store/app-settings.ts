import { lstat, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { USUAL_APP_SETTINGS, type AppSettings, type AppSettingsChange, type KeptAppSettings } from '../../contract';
import { appSettingsSchema } from '../../contract/schemas';
import { codeOf } from '../system/error-code';
import { makeFolder } from './make-folder';
import { oneWriter } from './one-writer';
import { writeError, writePrivateFile } from './write-file';

/** The settings of the app, in one file of the data folder. */
export interface AppSettingsFile {
  /** As they are kept now. Never rejects: where they cannot be read, the usual ones come with the reason. */
  read(): Promise<KeptAppSettings>;
  /** Changes those named. Errors: `not-writable`, `disk-full`. */
  change(change: AppSettingsChange): Promise<AppSettings>;
}

/** Far above what all settings take. */
const MOST_BYTES = 256 * 1024;

/** Opens the settings in `<home>/settings.json`; the file is made by the first change. */
export function openAppSettings({ home }: { home: string }): AppSettingsFile {
  const path = join(home, 'settings.json');
  const writer = oneWriter(home);
  // What was put aside once is not found again by the next reading.
  let fault: string | null = null;

  const values = async (): Promise<AppSettings> => {
    const text = await textOf(path).catch((error: unknown) => {
      fault = `The settings in "${path}" cannot be read (${codeOf(error)}); default settings are used.`;
      return null;
    });
    if (text === null) return USUAL_APP_SETTINGS;
    const found = settingsIn(text);
    if (found.state === 'good') return found.settings;
    fault = `The settings in "${path}" are not valid (${found.why}); default settings are used. ${await putAside(path)}`;
    return USUAL_APP_SETTINGS;
  };

  return {
    read: async () => ({ values: await values(), folder: home, fault }),
    async change(change) {
      await makeFolder(home).catch((error: unknown) => {
        throw writeError(path, error);
      });
      return writer.inTurn(async () => {
        const settings = { ...(await values()), ...change };
        await writePrivateFile(path, `${JSON.stringify(settings, null, 2)}\n`);
        fault = null;
        return settings;
      });
    },
  };
}

/** What a file holds; null where there is none. */
async function textOf(path: string): Promise<string | null> {
  try {
    // Not through a link or a pipe: reading those may lead anywhere, or never end.
    const stats = await lstat(path);
    if (!stats.isFile()) throw Object.assign(new Error('Not a regular file.'), { code: 'not a regular file' });
    if (stats.size > MOST_BYTES) throw Object.assign(new Error('Too large.'), { code: 'too large' });
    return await readFile(path, 'utf8');
  } catch (error) {
    // A data folder that cannot be made is told where reports are saved.
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}

type Found = { state: 'good'; settings: AppSettings } | { state: 'broken'; why: string };

function settingsIn(text: string): Found {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return { state: 'broken', why: 'not JSON' };
  }
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept))
    return { state: 'broken', why: 'not an object' };
  const { success, data, error } = appSettingsSchema.safeParse({ ...USUAL_APP_SETTINGS, ...kept });
  return success
    ? { state: 'good', settings: data }
    : { state: 'broken', why: error.issues[0]?.message ?? 'not settings' };
}

/** Keeps a file that is no settings beside its place, and says where. */
async function putAside(path: string): Promise<string> {
  const aside = path.replace(/json$/, 'broken.json');
  try {
    await rename(path, aside);
  } catch (error) {
    // Another reading of the same file may have done it.
    if (codeOf(error) !== 'ENOENT') return 'The next change replaces the file.';
  }
  return `The file was moved to "${aside}".`;
}
