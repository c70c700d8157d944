import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type ModuleFormat = 'module' | 'commonjs';

/** What the nearest package.json says of the files in a folder; null where it says nothing, or there is none. */
export function packageType(folder: string): ModuleFormat | null {
  const text = textOf(join(folder, 'package.json'));
  if (text === null) return dirname(folder) === folder ? null : packageType(dirname(folder));
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    return type === 'module' || type === 'commonjs' ? type : null;
  } catch {
    return null;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
