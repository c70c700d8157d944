// Runs everything that must hold, in order: lint, types, build, tests, end-to-end tests; ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const results = mkdtempSync(join(tmpdir(), 'coreloom-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const env = { ...process.env };
// Set by some editors' terminals: Electron would start as plain Node.
delete env.ELECTRON_RUN_AS_NODE;

/** Runs a tool of the project's node_modules; answers whether it succeeded. */
function run(tool, args, extra = {}) {
  const file = join(root, 'node_modules', ...tool.split('/'));
  return spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit', env: { ...env, ...extra } }).status === 0;
}

/** One check that counts as one test. */
function check(title, tool, args) {
  console.log(`\n— ${title}`);
  const ok = run(tool, args);
  if (ok) total.passed++;
  else total.failed++;
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

check('lint', 'eslint/bin/eslint.js', ['.']);
for (const part of ['node', 'tests']) check(`types (${part})`, 'typescript/bin/tsc', ['-p', `tsconfig.${part}.json`]);
check('types (renderer)', 'vue-tsc/bin/vue-tsc.js', ['-p', 'tsconfig.web.json']);
const built = check('build', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
if (built) {
  tests('unit and integration tests', 'parts');
  tests('tests of real pools, commands and servers', 'real');
  tests('tests that need the machine to themselves', 'load');
  tests('end-to-end tests', 'e2e');
}
rmSync(results, { recursive: true, force: true });

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
