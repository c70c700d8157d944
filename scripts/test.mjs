// Runs everything that must hold: types, lint, format, what is unused, import cycles, build, tests, end-to-end tests; ends with one line of counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { ELECTRON_NODE_LINE, findElectronsNode } from './find-node.mjs';
import { runVitest } from './run-vitest.mjs';
import { countsOf, isFailed, namesOf } from './test-results.mjs';

const root = resolve(import.meta.dirname, '..');
const checks = { passed: 0, failed: 0 };
/** Every test that ran, with what it came to. */
const all = [];
/** What of the desktop's tests runs a second time: threads and processes, the way out, what main prints and serves. */
const ON_ELECTRONS_NODE = ['desktop-life', 'export-pdf', 'live'].map((name) => `tests/e2e/${name}.test.ts`);
const env = { ...process.env };
// Set by some editors' terminals: Electron would start as plain Node.
delete env.ELECTRON_RUN_AS_NODE;

/** One check that counts as one test; what it says is shown once it has ended, so that others can run beside it. */
async function check(title, program, args = []) {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  // They take what the tests beside them leave of the machine.
  setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  const ok = code === 0;
  console.log(`\n— ${title}: ${ok ? 'passed' : 'failed'}\n${said}`.trimEnd());
  checks[ok ? 'passed' : 'failed']++;
  return ok;
}

async function tests(title, projects, { files = [], extra = {} } = {}) {
  console.log(`\n— ${title}`);
  all.push(...(await runVitest({ root, projects, words: files, env: { ...env, ...extra } })));
}

/** A part of the desktop's tests on the line of Node that Electron brings; npm run desktop:node24 runs them all there. */
function testsOnElectronsNode() {
  const title = `the desktop's tests on Electron's line of Node, ${ELECTRON_NODE_LINE}`;
  const { reason, program } = findElectronsNode({ root });
  if (program === process.execPath) return console.log(`\n— ${title}: those above ran on it`);
  if (reason !== undefined) return console.log(`\n— ${title}: skipped. ${reason}`);
  const extra = { CORELOOM_STAND_IN_NODE: program, CORELOOM_DESKTOP_HOST: 'stand-in', CORELOOM_DESKTOP_ALONE: '1' };
  return tests(title, ['e2e'], { files: ON_ELECTRONS_NODE, extra });
}

const types = (part, compiler = 'node_modules/typescript/bin/tsc') =>
  check(`types (${part})`, compiler, ['-p', `tsconfig.${part}.json`]);
async function checkTypes() {
  await types('tests');
  await types('node');
  await types('web', 'node_modules/vue-tsc/bin/vue-tsc.js');
  await check('unused', 'node_modules/knip/bin/knip.js', ['--no-progress']);
  await check('import cycles', 'scripts/cycles.mjs');
}

async function checkStyle() {
  await check('lint', 'node_modules/eslint/bin/eslint.js', ['.']);
  await check('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
}

/** In one run of vitest: each would start it, translate the sources and build the stand-in for Electron once more. */
const testAll = () =>
  tests('unit and integration tests; real pools, commands and servers; the fault table; end to end', [
    'parts',
    'real',
    'faults',
    'e2e',
  ]);

const built = await check('build', 'node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
// Tests of real processes wait now and then: the checks are done meanwhile.
await Promise.all([checkTypes(), checkStyle(), ...(built ? [testAll()] : [])]);
if (built) await testsOnElectronsNode();

const { passed, failed, skipped } = countsOf(all);
const failures = all.filter(isFailed);
if (failures.length > 0) console.log(`\nFailed:\n${namesOf(failures, root).join('\n')}`);
console.log(`\n${passed + checks.passed} passed, ${failed + checks.failed} failed, ${skipped} skipped`);
process.exitCode = failed + checks.failed > 0 || passed === 0 ? 1 : 0;
