// Runs everything that must hold: types and lint, build, tests, end-to-end tests; ends with one line of counts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { countsOf, isFailed, namesOf, settled, testsOf } from './test-results.mjs';

const root = resolve(import.meta.dirname, '..');
const results = mkdtempSync(join(tmpdir(), 'coreloom-test-'));
const checks = { passed: 0, failed: 0 };
/** Every test that ran, with what it came to. */
const all = [];
/** Where more files than this have failed tests, no crowd explains it. */
const MOST_AGAIN = 4;
const env = { ...process.env };
// Set by some editors' terminals: Electron would start as plain Node.
delete env.ELECTRON_RUN_AS_NODE;

/** The file of a tool in the project's node_modules. */
const fileOf = (tool) => join(root, 'node_modules', ...tool.split('/'));

/** Runs a tool; answers whether it succeeded. */
function run(tool, args, extra = {}) {
  return (
    spawnSync(process.execPath, [fileOf(tool), ...args], { cwd: root, stdio: 'inherit', env: { ...env, ...extra } })
      .status === 0
  );
}

/** One check that counts as one test; what it says is shown once it has ended, so that others can run beside it. */
async function check(title, tool, args) {
  const child = spawn(process.execPath, [fileOf(tool), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  const ok = code === 0;
  console.log(`\n— ${title}: ${ok ? 'passed' : 'failed'}\n${said}`.trimEnd());
  checks[ok ? 'passed' : 'failed']++;
  return ok;
}

/** Runs tests by vitest; answers each with what it came to. */
function vitest(project, options = []) {
  const file = join(results, `${project}.json`);
  rmSync(file, { force: true });
  const ok = run(
    'vitest/vitest.mjs',
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...options],
    { CORELOOM_BUILT: '1' },
  );
  const ended = (message) => ({ file: root, title: `the ${project} tests as a whole`, status: 'failed', message });
  try {
    const tests = testsOf(JSON.parse(readFileSync(file, 'utf8')));
    return ok || tests.some(isFailed) ? tests : [...tests, ended('They ended with an error that belongs to no test.')];
  } catch {
    return [ended('They ended without their results.')];
  }
}

/** One project of tests. On a crowded machine a real process or page may be late, so files with a failed test run again, alone. */
function tests(title, project) {
  console.log(`\n— ${title}`);
  const first = vitest(project);
  const failed = [...new Set(first.filter(isFailed).map(({ file }) => file))].filter((file) => file !== root);
  if (failed.length === 0 || failed.length > MOST_AGAIN) return all.push(...first);
  console.log(`\n— ${title}: again, alone, what failed`);
  return all.push(...settled(first, vitest(project, ['--no-file-parallelism', ...failed])));
}

const types = (part, compiler = 'typescript/bin/tsc') =>
  check(`types (${part})`, compiler, ['-p', `tsconfig.${part}.json`]);
// Each keeps one core: two at a time.
await Promise.all([types('tests'), types('web', 'vue-tsc/bin/vue-tsc.js')]);
await Promise.all([types('node'), check('lint', 'eslint/bin/eslint.js', ['.'])]);
await check('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
const built = await check('build', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
if (built) {
  tests('unit and integration tests', 'parts');
  tests('tests of real pools, commands and servers', 'real');
  tests('tests that need the machine to themselves', 'load');
  tests('the fault table', 'faults');
  tests('end-to-end tests', 'e2e');
}
rmSync(results, { recursive: true, force: true });

const { passed, failed, skipped } = countsOf(all);
list(
  'Failed at first, and passed when its file ran again, alone',
  all.filter(({ unsteady }) => unsteady),
);
list('Failed', all.filter(isFailed));
console.log(`\n${passed + checks.passed} passed, ${failed + checks.failed} failed, ${skipped} skipped`);
process.exitCode = failed + checks.failed > 0 || passed === 0 ? 1 : 0;

/** Says which tests these are, at the end, where they are seen. */
function list(title, tests) {
  if (tests.length > 0) console.log(`\n${title}:\n${namesOf(tests, root).join('\n')}`);
}
