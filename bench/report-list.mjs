// How long the history takes to list many saved reports: the first time, after a restart, and again.
// npm run bench:reports [-- COUNT]
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { createStore } = await load('src/engine/reports/saved-reports.ts');
const { reportJson } = await load('src/engine/reports/any-kind.ts');
const { selectReports } = await load('src/engine/store/index.ts');
const { makeReport } = await load('tests/fixtures/report.ts');

const count = Number(process.argv[2] ?? 10_000);
const home = await mkdtemp(join(tmpdir(), 'coreloom-bench-'));
try {
  const folder = join(home, 'reports');
  await mkdir(folder, { recursive: true });
  const report = makeReport({}, { cores: 2, workers: { threads: 1 }, elapsedMs: 500 });
  for (let at = 0; at < count; at++)
    await writeFile(join(folder, `run-${at}.json`), reportJson({ ...report, id: `run-${at}` }));

  const time = async (what, work) => {
    const startMs = performance.now();
    const { reports, broken } = await work();
    console.log(
      `${what}: ${Math.round(performance.now() - startMs)} ms for ${reports.length} reports, ${broken.length} broken`,
    );
  };
  const page = async (store, query) => selectReports(await store.list(), query);
  const store = createStore({ home });
  await time('no index yet, every report read', () => store.list());
  await time('again, from memory', () => store.list());
  await time('again, searched, sorted, a page of 100', () =>
    page(store, { search: 'sha256 completed', sort: 'throughput' }),
  );
  const restarted = createStore({ home });
  await time('after a restart, from the index', () => restarted.list());
  await restarted.save({ ...report, id: 'one-more' });
  await time('one report more', () => restarted.list());
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit(0);
