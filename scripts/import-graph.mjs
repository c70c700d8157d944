import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

const SOURCE = /\.(?:ts|mts|mjs|cjs|vue)$/;
const SCRIPTS = /<script\b[^>]*>([\s\S]*?)<\/script>/g;
/** How an import may name a file, in the order in which they are tried. */
const ENDINGS = ['', '.ts', '/index.ts', '.mts'];

/** The source files in some folders, by their paths from the root, with slashes. */
export function sourceFiles(root, folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => SOURCE.test(file) && !file.includes('node_modules/'))
      .sort(),
  );
}

/** Which files each file imports, by value, by type or at run time (`import()`); packages are left out. */
export function importGraph(root, folders) {
  const files = new Set(sourceFiles(root, folders));
  const resolve = (from, name) => {
    const path = posix.join(posix.dirname(from), name);
    const found = ENDINGS.map((ending) => `${path}${ending}`).find((file) => files.has(file));
    if (found === undefined && !existsSync(join(root, path))) throw new Error(`${from} imports ${name}: no such file`);
    return found;
  };
  const importsOf = (file) =>
    importedIn(file, readFileSync(join(root, file), 'utf8'))
      .filter((name) => name.startsWith('.'))
      .map((name) => resolve(file, name))
      .filter((found) => found !== undefined);
  return new Map([...files].map((file) => [file, [...new Set(importsOf(file))]]));
}

function importedIn(file, text) {
  const code = file.endsWith('.vue') ? [...text.matchAll(SCRIPTS)].map(([, script]) => script).join('\n') : text;
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Cycles of a graph, each from a file back to it: at least one where there is any. */
export function cyclesIn(graph) {
  const [done, cycles] = [new Set(), []];
  const visit = (file, path) => {
    const at = path.indexOf(file);
    if (at >= 0) return void cycles.push([...path.slice(at), file]);
    if (done.has(file)) return;
    for (const imported of graph.get(file) ?? []) visit(imported, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}
