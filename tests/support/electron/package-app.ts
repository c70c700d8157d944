import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

interface Manifest {
  dependencies: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Names of the packages that an app needs beside what is built into it, with what those need. */
function packagesOf(folder: string, found = new Set<string>()): Set<string> {
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    if (found.has(name)) continue;
    found.add(name);
    packagesOf(join(ROOT, 'node_modules', name), found);
  }
  return found;
}

/**
 * Lays the built app out as a packager does, beneath the resources of an installation: in `app.asar`, which is a folder
 * here, with what other programs must be able to read beside it in `app.asar.unpacked`.
 */
export function packageApp(resources: string): void {
  const inside = join(resources, 'app.asar');
  for (const path of ['package.json', 'out/main', 'out/preload', 'out/renderer'])
    cpSync(join(ROOT, path), join(inside, path), { recursive: true });
  for (const name of packagesOf(ROOT))
    cpSync(join(ROOT, 'node_modules', name), join(inside, 'node_modules', name), { recursive: true });
  cpSync(join(ROOT, 'resources/python'), join(resources, 'app.asar.unpacked/resources/python'), { recursive: true });
}
