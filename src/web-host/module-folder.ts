import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { CoreloomError, MODULE_ENDINGS, spelledOut, type ModuleOffer } from '../contract';
import type { ModuleHost } from '../engine';

const ENDINGS: ReadonlySet<string> = new Set(MODULE_ENDINGS);
const DEEPEST = 3;
const MOST = 200;

/**
 * Lets the modules in a folder run, and no other file: where links lead counts, not where they lie. Throws `bad-input`
 * where there is no such folder.
 */
export async function allowFolder(folder: string): Promise<ModuleHost> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw new CoreloomError('bad-input', `There is no folder ${folder} to allow modules from: give one that exists.`, error);
  });
  if (!(await stat(root)).isDirectory()) throw new CoreloomError('bad-input', `${folder} is not a folder: give the one that the modules are in.`);
  return {
    authorizeModule: async (path) => isInside(root, await realpath(path).catch(() => path)),
    offer: () => offerOf(root),
  };
}

/** Whether a path, its links resolved, lies beneath `root`. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function offerOf(root: string): Promise<ModuleOffer> {
  const found = (await filesIn(root, DEEPEST)).sort().slice(0, MOST);
  return { by: 'list', modules: found.map((path) => ({ path, fileName: spelledOut(relative(root, path).split(sep).join('/')) })) };
}

async function filesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const files = shown.filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase())).map(({ name }) => join(folder, name));
  if (depth === 0) return files;
  const deeper = await Promise.all(shown.filter((entry) => entry.isDirectory()).map(({ name }) => filesIn(join(folder, name), depth - 1)));
  return [...files, ...deeper.flat()];
}
