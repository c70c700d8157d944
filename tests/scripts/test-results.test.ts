import { expect, test } from 'vitest';
import { countsOf, namesOf, settled, testsOf, type FileReport } from '../../scripts/test-results.mjs';

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

test('what failed and passes again alone is passed, and known to be unsteady', () => {
  const first = of(file('/p/a', { one: 'failed', two: 'passed' }));
  const tests = settled(first, of(file('/p/a', { one: 'passed', two: 'passed' })));
  expect(countsOf(tests)).toEqual({ passed: 2, failed: 0, skipped: 0 });
  expect(tests.filter(({ unsteady }) => unsteady)).toEqual([
    { file: '/p/a', title: 'one', status: 'passed', message: 'it was late\n  at once', host: null, unsteady: true },
  ]);
});

test('what fails twice, or is not run again, has failed', () => {
  const first = of(file('/p/a', { one: 'failed', two: 'failed' }), file('/p/b', { one: 'failed' }));
  const again = of(file('/p/a', { one: 'failed', two: 'passed' }));
  expect(countsOf(settled(first, again))).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test('a file that could be loaded only the second time has passed where all its tests have', () => {
  const first = of(file('/p/a', {}, 'too many open files'), file('/p/b', {}, 'too many open files'));
  const again = of(file('/p/a', { one: 'passed' }), file('/p/b', { two: 'failed' }));
  expect(countsOf(settled(first, again))).toEqual({ passed: 1, failed: 1, skipped: 0 });
});
