import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { minifySync } from 'vite';

const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'coreloom');

/**
 * A plugin of the build: lays the TypeScript compiler among what is built, one file of 3.5 MB instead of a package of 24 MB,
 * for files of the user that need more than types taken out. Making it small takes seconds, so that it is kept.
 */
export const typescriptCompiler = {
  name: 'typescript-compiler',
  generateBundle() {
    const from = createRequire(import.meta.url).resolve('typescript');
    const { version } = JSON.parse(readFileSync(join(dirname(from), '..', 'package.json'), 'utf8'));
    const kept = join(CACHE, `typescript-${version}.cjs`);
    this.emitFile({ type: 'asset', fileName: 'typescript.cjs', source: textOf(kept) ?? made(from, version, kept) });
  },
};

function made(from, version, kept) {
  const { code, errors } = minifySync('typescript.js', readFileSync(from, 'utf8'));
  if (errors.length > 0) throw new Error(`TypeScript could not be made smaller: ${errors[0].message}`);
  const whole = `/*! TypeScript ${version}, (c) Microsoft Corporation, Apache License 2.0: https://github.com/microsoft/TypeScript/blob/main/LICENSE.txt */\n${code}`;
  try {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(kept, whole);
  } catch {
    // It is made again the next time.
  }
  return whole;
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
