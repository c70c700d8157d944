// What the runs of vitest came to, taken together; pure, so that the counts of `npm test` can be tested too.

/** Every test of vitest's JSON report, flat, with the host that it noted (tests/e2e/support/host.ts); a file that could not be loaded is one failed test. */
export function testsOf(report) {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.map((test) => ({
      file: name,
      title: test.fullName,
      status: test.status,
      message: test.failureMessages?.[0] ?? '',
      host: test.meta?.host ?? null,
    }));
    const unexplained = status === 'failed' && !tests.some(isFailed);
    return unexplained
      ? [...tests, { file: name, title: 'the file as a whole', status: 'failed', message: message ?? '', host: null }]
      : tests;
  });
}

export const isFailed = ({ status }) => status === 'failed';

/** How many passed, failed, and were skipped. */
export function countsOf(tests) {
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(isFailed).length;
  return { passed, failed, skipped: tests.length - passed - failed };
}

/** The lines that name tests with the beginning of what was wrong in each. */
export function namesOf(tests, root) {
  return tests.map(({ file, title, message }) =>
    [
      `  ${file.replace(root, '').replace(/^[\\/]/, '')}: ${title}`,
      ...message
        .split('\n')
        .slice(0, 12)
        .map((line) => `    ${line}`),
    ].join('\n'),
  );
}
