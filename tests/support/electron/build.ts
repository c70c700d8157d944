import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { OUT } from '../paths';

const FOLDER = resolve(OUT, 'stand-in');
export const STAND_IN_START = resolve(FOLDER, 'start.js');
/** What a process of the stand-in's program loads before anything else, where that runs as Node. */
export const STAND_IN_NODE = resolve(FOLDER, 'as-node.cjs');
const PAGE = resolve(FOLDER, 'page.js');

const common: InlineConfig = { configFile: false, logLevel: 'warn', root: import.meta.dirname };

/** Builds the stand-in: a module that is imported as `electron`, its launcher, what its program is as Node, and the page's half. */
export async function buildStandIn(): Promise<void> {
  await build({
    ...common,
    build: {
      outDir: FOLDER,
      emptyOutDir: true,
      ssr: true,
      target: 'node20.19',
      minify: false,
      rolldownOptions: {
        input: {
          start: resolve(import.meta.dirname, 'main/start.ts'),
          electron: resolve(import.meta.dirname, 'main/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await build({
    ...common,
    build: {
      outDir: FOLDER,
      emptyOutDir: false,
      ssr: resolve(import.meta.dirname, 'main/as-node.ts'),
      target: 'node20.19',
      minify: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'as-node.cjs' } },
    },
  });
  await build({
    ...common,
    build: {
      outDir: FOLDER,
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: resolve(import.meta.dirname, 'page/index.ts'),
        formats: ['iife'],
        name: 'standIn',
        fileName: () => 'page.js',
      },
    },
  });
}

/** The names under which a page's two ends are handed over, unknown to the page. */
export interface PageNames {
  invoke: string;
  deliver: string;
}

/** The init script of a window: the stand-in's page half, then the preload as Electron wraps one; top frames only. */
export async function initScript(preload: string, names: PageNames): Promise<string> {
  const [page, source] = await Promise.all([readFile(PAGE, 'utf8'), readFile(preload, 'utf8')]);
  return `(() => {
if (window.top !== window) return;
${page}
const require = standIn.install(${JSON.stringify(names)});
const module = { exports: {} };
(function (require, module, exports) {
${source}
})(require, module, module.exports);
})();`;
}
