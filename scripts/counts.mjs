// Counts what docs/architecture.md says of the house: files, folders, imports, and the files that name one thing of each sort.
import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importGraph, sourceFiles } from './import-graph.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const HOST = /^src\/(?:main|cli|web-host|preload)\//;
const DOOR = /^src\/engine\/(?:reports\/)?index\.ts$/;

/** Sorts of things that are added: examples, which files are one's own, and how a file names one. */
const SORTS = {
  'a workload': {
    of: ['mandelbrot', 'matmul', 'kmeans', 'pbkdf2', 'primes'],
    own: (name) => new RegExp(`/workload/${name}\\.ts$`),
  },
  'an executor': {
    of: ['threads', 'processes', 'python-threads', 'python-processes', 'python-interpreters'],
    own: () => /^src\/engine\/(?:pool|python)\//,
  },
  'a kind of experiment': {
    of: ['answer', 'live', 'compare', 'scale', 'lab', 'scorecard'],
    own: (name) =>
      new RegExp(
        `^src/(?:engine/kinds/${name}/|renderer/src/${name}s?/|(?:contract|contract/schemas|cli/commands)/${name}\\.ts$)`,
      ),
  },
  'a report format': {
    of: ['csv-tasks', 'csv-samples', 'markdown', 'trace'],
    own: () => /^src\/engine\/report\/(?:csv|markdown|trace\/)/,
  },
  'a command': {
    of: ['listModules', 'chooseModule', 'inspectModule', 'exportReport', 'noteReport', 'restoreReport'],
    own: () => /^src\/(?:main|preload|renderer|cli|web-host)\//,
    names: (name) => new RegExp(`\\b${name}\\b`),
  },
};
/** A name by itself in quotes, as the key of an entry, or at the end of an import's path. */
const quoted = (name) => new RegExp(`['"\`](?:[^'"\`\\s]*/)?${name}['"\`]|^\\s*${name}:`, 'm');

/** The code of every file in src, without its comments. */
function codeOf(root) {
  const files = sourceFiles(root, ['src']);
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** By sort and example, the files outside its own that name it. */
export function named(root = ROOT) {
  const code = [...codeOf(root)].map(([file, text]) => [file, text.replace(COMMENT, '')]);
  return Object.fromEntries(
    Object.entries(SORTS).map(([sort, { of, own, names = quoted }]) => [
      sort,
      Object.fromEntries(
        of.map((name) => [
          name,
          code.filter(([file, text]) => !own(name).test(file) && names(name).test(text)).map(([file]) => file),
        ]),
      ),
    ]),
  );
}

/** What one of a sort takes at least: an example that is named in more files has something of its own there. */
export const least = (examples) => Math.min(...Object.values(examples).map((files) => files.length));

/** By kind, the folders with files that are its own or name it. */
export function foldersOfKinds(root = ROOT) {
  const { of, own } = SORTS['a kind of experiment'];
  const [files, examples] = [sourceFiles(root, ['src']), named(root)['a kind of experiment']];
  const folders = (name) => [...files.filter((file) => own(name).test(file)), ...examples[name]].map(posix.dirname);
  return Object.fromEntries(of.map((name) => [name, new Set(folders(name)).size]));
}

/** Counts of the whole house. */
export function house(root = ROOT) {
  const [code, graph] = [codeOf(root), importGraph(root, ['src'])];
  const importers = new Map();
  for (const [file, imported] of graph)
    for (const one of imported) importers.set(one, [...(importers.get(one) ?? []), file]);
  const short = [...code].filter(([, text]) => text.split('\n').length - 1 <= 25).map(([file]) => file);
  const deep = [...graph].flatMap(([file, imported]) =>
    HOST.test(file) ? imported.filter((one) => one.startsWith('src/engine/') && !DOOR.test(one)) : [],
  );
  return {
    'files in src': code.size,
    'folders in src': new Set([...code.keys()].map((file) => posix.dirname(file))).size,
    'files of 25 lines or fewer': short.length,
    'of those, with a single importer': short.filter((file) => importers.get(file)?.length === 1).length,
    'files of the pool': [...code.keys()].filter((file) => file.startsWith('src/engine/pool/')).length,
    'imports of hosts past the doors of the engine': deep.length,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [what, count] of Object.entries(house())) console.log(`${String(count).padStart(4)}  ${what}`);
  for (const [kind, folders] of Object.entries(foldersOfKinds()))
    console.log(`${String(folders).padStart(4)}  folders with files of the kind ${kind}, or that name it`);
  for (const [sort, examples] of Object.entries(named())) {
    console.log(`\nFiles outside its own that name ${sort}: ${String(least(examples))} at least`);
    for (const [name, files] of Object.entries(examples)) console.log(`  ${name}: ${files.join(', ') || 'none'}`);
  }
}
