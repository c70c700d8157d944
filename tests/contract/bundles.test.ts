import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUT } from '../support/paths';

/** Stands in every object of zod, and no bundler gives properties other names. */
const MARK = '_zod';

const scripts = (folder: string): string[] =>
  readdirSync(join(OUT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /\.[cm]?js$/.test(file));
const withZod = (folder: string): string[] =>
  scripts(folder).filter((file) => readFileSync(join(OUT, folder, file), 'utf8').includes(MARK));

describe('zod', () => {
  it.each(['renderer', 'preload'])('is in nothing that is built for the %s', (folder) => {
    expect(scripts(folder)).not.toEqual([]);
    expect(withZod(folder)).toEqual([]);
  });

  it('is in no file that a worker starts with', () => {
    expect(withZod('main').filter((file) => /^(?:thread|fork|guard|tasks|worker|sampler|lab)\b/.test(file))).toEqual(
      [],
    );
  });

  it('is where reports are read, by the same mark', () => {
    expect(withZod('main')).not.toEqual([]);
  });
});

/** An entry and every chunk that it loads as it starts. */
function loadedBy(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(join(OUT, 'main', entry), 'utf8');
  for (const [, chunk = ''] of text.matchAll(/^import .*? ?"(\.\/[^"]+)";$/gm)) loadedBy(basename(chunk), seen);
  return seen;
}

describe('a worker', () => {
  it.each([
    ['thread.js', 2, 70_000],
    ['fork.js', 3, 80_000],
  ])('starts with %s and what that needs: %d files, %d bytes at most', (entry, files, bytes) => {
    const loaded = [...loadedBy(entry)].map((file) => readFileSync(join(OUT, 'main', file), 'utf8'));
    expect(loaded.length).toBeLessThanOrEqual(files);
    expect(loaded.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThanOrEqual(bytes);
    // Of the contract, errors and texts: the rest is of those who ask an engine.
    const contract = loaded.flatMap((text) =>
      [...text.matchAll(/^\/\/ src\/contract\/(.+)\.ts$/gm)].map(([, name]) => name),
    );
    expect(['error-codes', 'errors', 'figures', 'foreign-text']).toEqual(expect.arrayContaining(contract));
  });
});
