import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const source = resolve(import.meta.dirname, '../../src/engine/pool');
const entries = { thread: join(source, 'entry/thread.ts'), fork: join(source, 'entry/fork.ts') };

/** Where a worker reads the clock for each task, and what it says without: a task of 1 µs from the start of its turn, so that the pool learns the same window. */
const READS = [
  ['claim(seq, nowMs())', 'claim(seq, this.#turnStartedMs)'],
  ['this.#start(seq, nowMs(), argument)', 'this.#start(seq, this.#turnStartedMs, argument)'],
  ['const finishedMs = nowMs();', 'const finishedMs = this.#currentStartedMs + 1e-3;'],
];
const withoutStamps = {
  name: 'without-stamps',
  enforce: 'pre',
  transform(code, id) {
    if (!/[\\/]entry[\\/]serve\.ts$/.test(id)) return null;
    return READS.reduce((text, [read, known]) => {
      if (!text.includes(read)) throw new Error(`entry/serve.ts has no "${read}" any more: say here where it reads the clock.`);
      return text.replace(read, known);
    }, code);
  },
};

/** Builds the pools and the files of their workers as the application does; answers the module and the entries. */
export async function buildPools(folder) {
  await buildInto(folder, { pools: join(source, 'index.ts'), guard: join(source, 'entry/guard.ts'), ...entries });
  // The same workers without a clock read for each task: what stamps cost.
  await buildInto(join(folder, 'unstamped'), entries, [withoutStamps]);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return loadPools(folder);
}

async function buildInto(folder, input, plugins = []) {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins,
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.19',
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
}

/** The pools that were built into a folder. */
export async function loadPools(folder) {
  const at = (name) => join(folder, `${name}.js`);
  const pools = await import(pathToFileURL(at('pools')).href);
  return {
    pools,
    entries: { thread: at('thread'), fork: at('fork'), guard: at('guard') },
    unstamped: { thread: at('unstamped/thread'), fork: at('unstamped/fork'), guard: at('guard') },
  };
}
