import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFailed, testsOf } from './test-results.mjs';

/**
 * Runs projects of tests by vitest, one after the other, on what is built; `words` are its other options and the files to run.
 * Answers each test with what it came to, and a failed one beside them where vitest itself failed.
 */
export async function runVitest({ root, projects, words = [], env = process.env }) {
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-test-'));
  const file = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...projects.map((project) => `--project=${project}`),
      ...reporters,
      ...words,
    ],
    { cwd: root, stdio: 'inherit', env: { ...env, CORELOOM_BUILT: '1' } },
  );
  const [status] = await once(child, 'close');
  const ended = (message) => ({
    file: root,
    title: `the tests of ${projects.join(', ')} as a whole`,
    status: 'failed',
    message,
    host: null,
  });
  try {
    const tests = testsOf(JSON.parse(readFileSync(file, 'utf8')));
    const explained = status === 0 || tests.some(isFailed);
    return explained ? tests : [...tests, ended('They ended with an error that belongs to no test.')];
  } catch {
    return [ended('They ended without their results.')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
