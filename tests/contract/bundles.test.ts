import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
