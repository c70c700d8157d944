import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CompilerOptions, ParseConfigFileHost } from 'typescript';
import { typescript } from './compiler';

/** What the `tsconfig.json` above a file says that matters as it runs. */
export interface Project {
  options: CompilerOptions;
  /** Where a name that is no path may lie: by `paths`, then by `baseUrl`. */
  aliases(specifier: string): string[];
}

const byFolder = new Map<string, Project>();

/** The project of the files in a folder: what the nearest `tsconfig.json` says, with those that it extends. */
export function projectOf(folder: string, owner = ownerOf(folder)): Project {
  const known = byFolder.get(folder);
  if (known !== undefined) return known;
  const config = join(folder, 'tsconfig.json');
  const above = dirname(folder);
  const project = trusted(config, owner)
    ? read(config)
    : above === folder
      ? { options: {}, aliases: () => [] }
      : projectOf(above, owner);
  byFolder.set(folder, project);
  return project;
}

const ownerOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.uid;

/** Of this user, of who owns the module, or of the system: another's in a folder for all (/tmp) could lead imports to their files. */
function trusted(config: string, owner: number | undefined): boolean {
  if (statSync(config, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return process.getuid === undefined || [process.getuid(), owner, 0].includes(ownerOf(config));
}

function read(config: string): Project {
  const options = optionsOf(config);
  const base =
    options.baseUrl ?? (typeof options['pathsBasePath'] === 'string' ? options['pathsBasePath'] : dirname(config));
  return {
    options,
    aliases: (specifier) => [
      ...targets(options.paths ?? {}, specifier).map((target) => resolve(base, target)),
      ...(options.baseUrl === undefined ? [] : [resolve(options.baseUrl, specifier)]),
    ],
  };
}

/** A config that only lists others (`"files": [], "references": […]`) speaks by the first of them. */
function optionsOf(config: string, depth = 0): CompilerOptions {
  const ts = typescript();
  const { config: json, error } = ts.readConfigFile(config, ts.sys.readFile) as {
    config?: { files?: unknown[]; references?: { path?: string }[] };
    error?: unknown;
  };
  if (error !== undefined || json === undefined) return {};
  const [first] = json.references ?? [];
  if (json.files?.length === 0 && typeof first?.path === 'string' && depth < 8) {
    const path = resolve(dirname(config), first.path);
    return optionsOf(path.endsWith('.json') ? path : join(path, 'tsconfig.json'), depth + 1);
  }
  // Which files belong to it does not matter.
  const host: ParseConfigFileHost = {
    ...ts.sys,
    readDirectory: () => [],
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  };
  return ts.parseJsonConfigFileContent(json, host, dirname(config), undefined, config).options;
}

/** What `paths` makes of a name: of patterns that fit, the one with most before its `*`. */
function targets(paths: Record<string, string[]>, specifier: string): string[] {
  const exact = paths[specifier];
  if (exact !== undefined) return exact;
  const fitting = Object.keys(paths)
    .filter((pattern) => fits(pattern, specifier))
    .sort((a, b) => b.indexOf('*') - a.indexOf('*'))[0];
  if (fitting === undefined) return [];
  const [before = '', after = ''] = fitting.split('*');
  const star = specifier.slice(before.length, specifier.length - after.length);
  return (paths[fitting] ?? []).map((target) => target.replace('*', () => star));
}

function fits(pattern: string, specifier: string): boolean {
  const [before = '', after] = pattern.split('*');
  return (
    after !== undefined &&
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after)
  );
}
