import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cyclesIn, importGraph } from '../../scripts/import-graph.mjs';
import { temporaryFolder } from '../support/folder';

/** The imports of a project of these files, all in `src`. */
function graphOf(files: Readonly<Record<string, string>>): Map<string, string[]> {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, 'src', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return importGraph(root, ['src']);
}

const BACK = "import { a } from './a';\nexport const b = a;\n";

describe('files that import one another', () => {
  it.each([
    ['by value', "import { b } from './b';\nexport const a = b;\n"],
    ['by type', "import type { b } from './b';\nexport type A = typeof b;\n"],
    ['by a type in place', "export type A = typeof import('./b').b;\n"],
    ['at run time', "export const a = () => import('./b');\n"],
    ['by handing on', "export * from './b';\n"],
  ])('are found when they do so %s', (_, a) => {
    expect(cyclesIn(graphOf({ 'a.ts': a, 'b.ts': BACK }))).toEqual([['src/a.ts', 'src/b.ts', 'src/a.ts']]);
  });

  it('are found in components, scripts and folders with a door', () => {
    const script = (code: string): string =>
      `<script setup lang="ts">\n${code}\n</script>\n<template><p /></template>\n`;
    const graph = graphOf({
      'View.vue': script("import { store } from './stores';\nstore();"),
      'stores/index.ts': "export { store } from './store.mjs';\n",
      'stores/store.mjs': "export const store = () => import('../View.vue');\n",
    });
    expect(cyclesIn(graph)).toEqual([['src/View.vue', 'src/stores/index.ts', 'src/stores/store.mjs', 'src/View.vue']]);
  });

  it('are not seen where two import a third, in texts, or in comments', () => {
    const graph = graphOf({
      'top.ts': "import './left';\nimport './right';\n",
      'left.ts': "import './base';\n",
      'right.ts': "import './base';\n// import './top';\n",
      'base.ts': "export const text = `import './top'`;\n",
    });
    expect(cyclesIn(graph)).toEqual([]);
    expect(graph.get('src/top.ts')).toEqual(['src/left.ts', 'src/right.ts']);
  });

  it('are looked for in imports that lead to a file', () => {
    expect(() => graphOf({ 'a.ts': "import './gone';\n" })).toThrow('src/a.ts imports ./gone: no such file');
  });
});
