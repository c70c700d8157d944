import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageType, type ModuleFormat } from '../loader/package-type';
import { stripTypes } from '../typescript';

const TYPESCRIPT = /\.[mc]?ts(?:[?#].*)?$/;

/** Module hooks for a Node that cannot take types out by itself: they run in a thread of Node's own. */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !TYPESCRIPT.test(url)) return next(url, context);
  const file = fileURLToPath(url);
  const source = stripTypes(await readFile(file, 'utf8'), file);
  return { format: formatOf(file, source), source, shortCircuit: true };
};

/** As Node does: the ending says it, else the package; where that is silent, what neither imports nor exports is CommonJS. */
function formatOf(file: string, source: string): ModuleFormat {
  if (file.endsWith('.mts')) return 'module';
  if (file.endsWith('.cts')) return 'commonjs';
  const type = packageType(dirname(file));
  if (type !== null) return type;
  return /^\s*(import|export)\b/m.test(source) || /\bimport\.meta\b/.test(source) ? 'module' : 'commonjs';
}
