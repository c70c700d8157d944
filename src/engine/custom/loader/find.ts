import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectOf } from './project';

/** What may be left out of the name of an imported file, in the order in which it is looked for. */
const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json'];
/** What stands for an ending in the name of an imported file: that of what it is compiled to. */
const SOURCES: Record<string, readonly string[]> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

/** Whether a path leads into an installed package: its files are for Node alone. */
export const isInstalled = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path);

/** The file that an import means, as TypeScript finds it; null where that is for Node to find. */
export function findImport(specifier: string, parent: string): string | null {
  if (/^\.{0,2}[\\/]|^\.{1,2}$|^[A-Za-z]:[\\/]/.test(specifier)) return findFile(resolve(dirname(parent), specifier));
  if (specifier.startsWith('file:')) return findFile(fileURLToPath(specifier));
  if (/^#|^[a-z]+:/i.test(specifier) || isBuiltin(specifier)) return null;
  for (const path of projectOf(dirname(parent)).aliases(specifier)) {
    const found = findFile(path);
    if (found !== null) return found;
  }
  return null;
}

/** A file of a package that Node's `require` finds and its `import` does not: without an ending, or in a folder. */
export function findInPackage(specifier: string, parent: string): string | null {
  try {
    const found = createRequire(pathToFileURL(parent)).resolve(specifier);
    return isBuiltin(found) ? null : found;
  } catch {
    return null;
  }
}

function findFile(path: string): string | null {
  const ending = extname(path);
  const sources = (SOURCES[ending] ?? []).map((source) => path.slice(0, -ending.length) + source);
  return [...sources, path, ...ENDINGS.map((one) => path + one)].find(isFile) ?? findInFolder(path);
}

function findInFolder(folder: string): string | null {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const main = mainOf(folder);
  return (
    (main === null ? null : findFile(main)) ??
    ENDINGS.map((ending) => join(folder, `index${ending}`)).find(isFile) ??
    null
  );
}

function mainOf(folder: string): string | null {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: unknown };
    const path = typeof main === 'string' ? resolve(folder, main) : folder;
    return path === folder ? null : path;
  } catch {
    return null;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
