import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const source = resolve(import.meta.dirname, '../../src/engine/pool');

/** Builds the pools and the files of their workers as the application does; answers the module and the entries. */
export async function buildPools(folder) {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.19',
      rolldownOptions: {
        input: { pools: join(source, 'index.ts'), thread: join(source, 'entry/thread.ts'), fork: join(source, 'entry/fork.ts'), guard: join(source, 'entry/guard.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return loadPools(folder);
}

/** The pools that were built into a folder. */
export async function loadPools(folder) {
  const at = (name) => join(folder, `${name}.js`);
  const pools = await import(pathToFileURL(at('pools')).href);
  return { pools, entries: { thread: at('thread'), fork: at('fork'), guard: at('guard') } };
}
