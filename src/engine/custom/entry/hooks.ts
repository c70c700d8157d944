import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripTypes } from '../typescript';

const TYPESCRIPT = /\.[mc]?ts(?:[?#].*)?$/;

/** Module hooks for a Node that cannot take types out by itself: they run in a thread of Node's own. */
export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !TYPESCRIPT.test(url)) return next(url, context);
  const file = fileURLToPath(url);
  const source = stripTypes(await readFile(file, 'utf8'), file);
  return { format: await formatOf(file, source), source, shortCircuit: true };
};

/** As Node does: the ending says it, else the package; where that is silent, what neither imports nor exports is CommonJS. */
async function formatOf(file: string, source: string): Promise<'module' | 'commonjs'> {
  if (file.endsWith('.mts')) return 'module';
  if (file.endsWith('.cts')) return 'commonjs';
  const type = await packageType(dirname(file));
  if (type !== null) return type;
  return /^\s*(import|export)\b/m.test(source) || /\bimport\.meta\b/.test(source) ? 'module' : 'commonjs';
}

/** What the nearest package.json says of its files; null where it says nothing, or there is none. */
async function packageType(folder: string): Promise<'module' | 'commonjs' | null> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null);
  if (text === null) return dirname(folder) === folder ? null : packageType(dirname(folder));
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    return type === 'module' || type === 'commonjs' ? type : null;
  } catch {
    return null;
  }
}
