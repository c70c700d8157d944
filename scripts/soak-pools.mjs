/**
 * Runs the scenarios of the pools (crashes, hangs, resizing, ends of programs) many times in a row and says which failed:
 * `npm run soak:pools [-- --times 50]`. Ends with 1 where any did.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isFailed, testsOf } from './test-results.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const FILES = ['scenarios/', 'death.test.ts', 'resize.test.ts', 'parent.test.ts'].map(
  (name) => `tests/engine/pool/${name}`,
);

const { values } = parseArgs({ options: { times: { type: 'string', default: '50' } } });
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
  console.error(`--times must be a whole number from 1 on, not ${values.times}.`);
  process.exit(2);
}

/** Runs all files once; answers what every test came to. */
async function runOnce(folder) {
  const file = join(folder, 'results.json');
  rmSync(file, { force: true });
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...FILES, '--reporter=json', `--outputFile=${file}`], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((done) => child.once('exit', done));
  const tests = testsOf(JSON.parse(readFileSync(file, 'utf8'))).map((test) => ({
    ...test,
    file: relative(ROOT, test.file),
  }));
  const missing = FILES.filter((name) => !tests.some((test) => test.file.replaceAll('\\', '/').startsWith(name)));
  if (missing.length > 0)
    throw new Error(`No test was run of ${missing.join(', ')}: give their new places in this script.`);
  return { code, passed: tests.filter(({ status }) => status === 'passed').length, failed: tests.filter(isFailed) };
}

const folder = mkdtempSync(join(tmpdir(), 'coreloom-soak-'));
const failures = new Map();
let bad = 0;
try {
  for (let time = 1; time <= times; time += 1) {
    const startMs = performance.now();
    const { code, passed, failed } = await runOnce(folder);
    if (code !== 0) bad += 1;
    console.log(
      `${time} of ${times}: ${passed} passed, ${failed.length} failed, ${((performance.now() - startMs) / 1000).toFixed(0)} s${code === 0 || failed.length > 0 ? '' : `, ended with ${code}`}`,
    );
    for (const { file, title: name, message } of failed) {
      const title = `${file}: ${name}`;
      failures.set(title, (failures.get(title) ?? 0) + 1);
      console.log(`  ${title}\n    ${message.split('\n')[0]}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(bad === 0 ? `All ${times} runs passed.` : `${bad} of ${times} runs failed:`);
for (const [title, count] of failures) console.log(`  ${count} × ${title}`);
process.exitCode = bad === 0 ? 0 : 1;
