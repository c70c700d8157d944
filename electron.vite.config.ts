import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { compressPage } from './scripts/compress-page.mjs';
import { quietSysteminformation } from './scripts/quiet-systeminformation.mjs';
import { paletteSheet } from './src/contract/palette';
import { typescriptCompiler } from './scripts/typescript-compiler.mjs';
import { workerChunks } from './scripts/worker-chunks.mjs';

const PALETTE_ID = 'virtual:palette.css';
const at = (path: string): string => resolve(import.meta.dirname, path);

/** Everything that Node runs: Electron's main, the command, and each file that a worker or a child process starts with. */
const nodeEntries = {
  index: at('src/main/index.ts'),
  cli: at('src/cli/index.ts'),
  thread: at('src/engine/pool/entry/thread.ts'),
  'thread-host': at('src/engine/pool/entry/host.ts'),
  fork: at('src/engine/pool/entry/fork.ts'),
  guard: at('src/engine/pool/entry/guard.ts'),
  tasks: at('src/engine/workload/tasks.ts'),
  'module-tasks': at('src/engine/custom/entry/tasks.ts'),
  'module-inspect': at('src/engine/custom/entry/inspect.ts'),
  'module-hooks': at('src/engine/custom/entry/hooks.ts'),
  'module-translate': at('src/engine/custom/entry/translate.ts'),
  sampler: at('src/engine/metrics/entry/sampler.ts'),
  'http-server': at('src/engine/workload/entry/http-server.ts'),
  lab: at('src/engine/kinds/lab/entry/lab.ts'),
  'lab-worker': at('src/engine/kinds/lab/entry/lab-worker.ts'),
};

/** The colours of executors as a style sheet of the renderer, made from the contract's table. */
const paletteStyles = {
  name: 'palette-styles',
  resolveId: (id: string) => (id === PALETTE_ID ? `\0${PALETTE_ID}` : undefined),
  load: (id: string) => (id === `\0${PALETTE_ID}` ? paletteSheet() : undefined),
};

/** The licence of the page's typeface, which is given away with it. */
const typefaceLicence = {
  name: 'typeface-licence',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): void }): void {
    const source = readFileSync(at('node_modules/@fontsource-variable/inter/LICENSE'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'assets/inter-license.txt', source });
  },
};

export default defineConfig({
  main: {
    plugins: [quietSysteminformation, typescriptCompiler],
    build: {
      target: 'node20.19',
      sourcemap: true,
      // Part of the build: the first as it is changed there, the others since each is dozens of files that every start would read.
      externalizeDeps: {
        exclude: [
          ...['systeminformation', 'zod', 'ws', 'ml-levenberg-marquardt'],
          ...['ansi-escapes', 'chalk', 'cli-cursor', 'slice-ansi', 'string-width', 'wrap-ansi'],
        ],
      },
      rolldownOptions: {
        input: nodeEntries,
        // Flat: an entry is found beside whatever chunk asks for it.
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: workerChunks(import.meta.dirname),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is CommonJS and can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [vue({ features: { optionsAPI: false } }), paletteStyles, typefaceLicence, compressPage],
    build: {
      sourcemap: true,
      minify: true,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
