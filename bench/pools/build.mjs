import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { workerChunks } from '../../scripts/worker-chunks.mjs';

/** This checkout. */
const HERE = resolve(import.meta.dirname, '../..');
const sourceIn = (root) => join(root, 'src/engine/pool');
const entriesIn = (root) => ({
  thread: join(sourceIn(root), 'entry/thread.ts'),
  fork: join(sourceIn(root), 'entry/fork.ts'),
});

/** Where a worker reads the clock for each task, and what it says without: tasks of 0.07 µs, as they measure, so that the pool learns the same, from a clock that is read for every 32nd. */
const SELDOM = '(claims = (claims + 1) & 31) === 1 ? (claimedMs = nowMs()) : claimedMs';
const DECLARED = 'let claims = 0;\nlet claimedMs = 0;\n';
const READS = {
  'serve.ts': [['const finishedMs = nowMs();', 'const finishedMs = this.#currentStartedMs + 7e-5;']],
  'thread.ts': [['const startedMs = nowMs();', `const startedMs = ${SELDOM};`]],
  'fork.ts': [
    ['const startedMs = nowMs();', `const startedMs = ${SELDOM};`],
    ['const markedMs = nowMs();', 'const markedMs = startedMs;'],
  ],
};
const withoutStamps = {
  name: 'without-stamps',
  enforce: 'pre',
  transform(code, id) {
    const file = /[\\/]entry[\\/](\w+\.ts)$/.exec(id)?.[1];
    if (READS[file] === undefined) return code;
    return READS[file].reduce((text, [read, known]) => {
      if (!text.includes(read))
        throw new Error(`entry/${file} has no "${read}" any more: say here where it reads the clock.`);
      return text.replace(read, known);
    }, `${DECLARED}${code}`);
  },
};

/** Builds the pools of a checkout and the files of their workers as the application does; answers the module and the entries. */
export async function buildPools(folder, root = HERE) {
  const source = sourceIn(root);
  const entries = entriesIn(root);
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
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', codeSplitting: workerChunks(HERE) },
      },
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
