// Runs everything that must hold: types and lint, build, tests, end-to-end tests; ends with one line of counts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const results = mkdtempSync(join(tmpdir(), 'coreloom-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const env = { ...process.env };
// Set by some editors' terminals: Electron would start as plain Node.
delete env.ELECTRON_RUN_AS_NODE;

/** The file of a tool in the project's node_modules. */
const fileOf = (tool) => join(root, 'node_modules', ...tool.split('/'));

/** Runs a tool; answers whether it succeeded. */
function run(tool, args, extra = {}) {
  return spawnSync(process.execPath, [fileOf(tool), ...args], { cwd: root, stdio: 'inherit', env: { ...env, ...extra } }).status === 0;
}

/** One check that counts as one test; what it says is shown once it has ended, so that others can run beside it. */
async function check(title, tool, args) {
  const child = spawn(process.execPath, [fileOf(tool), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  const ok = code === 0;
  console.log(`\n— ${title}: ${ok ? 'passed' : 'failed'}\n${said}`.trimEnd());
  total[ok ? 'passed' : 'failed']++;
  return ok;
}

/** One project of tests, counted test by test. */
function tests(title, project) {
  console.log(`\n— ${title}`);
  const file = join(results, `${project}.json`);
  const ok = run('vitest/vitest.mjs', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], { CORELOOM_BUILT: '1' });
  let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`The ${project} tests ended without their results.`);
  }
  total.passed += counts.numPassedTests;
  total.failed += counts.numFailedTests;
  total.skipped += counts.numPendingTests + counts.numTodoTests;
  // A file that could not be loaded fails without a failed test.
  if (!ok && counts.numFailedTests === 0) total.failed++;
}

const types = (part, compiler = 'typescript/bin/tsc') => check(`types (${part})`, compiler, ['-p', `tsconfig.${part}.json`]);
// Each keeps one core: two at a time.
await Promise.all([types('tests'), types('web', 'vue-tsc/bin/vue-tsc.js')]);
await Promise.all([types('node'), check('lint', 'eslint/bin/eslint.js', ['.'])]);
const built = await check('build', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
if (built) {
  tests('unit and integration tests', 'parts');
  tests('tests of real pools, commands and servers', 'real');
  tests('tests that need the machine to themselves', 'load');
  tests('end-to-end tests', 'e2e');
}
rmSync(results, { recursive: true, force: true });

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
