import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { CoreloomError, errorInfo, MODULE_ENDINGS, type ModuleOffer } from '../contract';
import { closedFolder, safePath, type ModuleHost } from '../engine';

const ENDINGS: ReadonlySet<string> = new Set(MODULE_ENDINGS);
const DEEPEST = 3;
const MOST = 200;

/**
 * Lets the modules run that are listed of a folder, and no other file: where links lead counts, not where they lie. Throws
 * `bad-input` if there is no such folder, or if others may write to it.
 */
export async function allowFolder(folder: string): Promise<ModuleHost> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw new CoreloomError(
      'bad-input',
      `The folder ${folder} does not exist: give an existing folder to --allow-modules.`,
      error,
    );
  });
  if (!(await stat(root)).isDirectory())
    throw new CoreloomError(
      'bad-input',
      `${folder} is not a folder: give the folder of the modules to --allow-modules.`,
    );
  const fault = faultOf(() => closedFolder(root));
  if (fault !== null)
    throw new CoreloomError('bad-input', `Modules in ${folder} cannot be run because ${fault}: ${REMEDY}.`);
  return {
    async authorizeModule(path) {
      const fault = (await modulesIn(root)).get(path);
      if (typeof fault === 'string')
        throw new CoreloomError('module-not-trusted', `${path} cannot be run because ${fault}: ${REMEDY}.`);
      return fault === null;
    },
    async offer(): Promise<ModuleOffer> {
      const sound = [...(await modulesIn(root))].filter(([, fault]) => fault === null);
      return {
        by: 'list',
        modules: sound.map(([path]) => ({ path, fileName: relative(root, path).split(sep).join('/') })),
      };
    },
  };
}

const REMEDY = 'only you and the system may have write access (chmod go-w removes it for others)';

/**
 * The modules of a folder, each with why it is not run, or null. What is listed and what may run are both decided here,
 * each time again.
 */
async function modulesIn(root: string): Promise<Map<string, string | null>> {
  const paths = (await filesIn(root, DEEPEST)).sort().slice(0, MOST);
  return new Map(paths.map((path) => [path, faultOf(() => [closedFolder(dirname(path)), safePath(path)])]));
}

/** Why a file or folder is not safe from other users, where the check of it throws; null if it is. */
function faultOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return errorInfo(error).message;
  }
}

async function filesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const files = shown
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase()))
    .map(({ name }) => join(folder, name));
  if (depth === 0) return files;
  const deeper = await Promise.all(
    shown.filter((entry) => entry.isDirectory()).map(({ name }) => filesIn(join(folder, name), depth - 1)),
  );
  return [...files, ...deeper.flat()];
}
