import { expect, test } from 'vitest';
import { countsOf, namesOf, testsOf, type FileReport } from '../../scripts/test-results.mjs';

function file(name: string, statuses: Record<string, string>, message = ''): FileReport {
  const assertionResults = Object.entries(statuses).map(([fullName, status]) => ({
    fullName,
    status,
    failureMessages: status === 'failed' ? ['it was late\n  at once'] : [],
  }));
  return {
    name,
    status: Object.values(statuses).includes('failed') || message !== '' ? 'failed' : 'passed',
    message,
    assertionResults,
  };
}
const of = (...testResults: FileReport[]) => testsOf({ testResults });

test('each test is counted by what it came to, those to be written and those left out as skipped', () => {
  const tests = of(
    file('/p/a', { one: 'passed', two: 'failed', three: 'pending' }),
    file('/p/b', { four: 'todo', five: 'passed' }),
  );
  expect(countsOf(tests)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test('a file that could not be loaded is one failure, with its reason', () => {
  const tests = of(file('/p/a', {}, 'no such module'));
  expect(countsOf(tests)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(namesOf(tests, '/p')).toEqual(['  a: the file as a whole\n    no such module']);
});
