import { expect, test } from 'vitest';
import { suggest } from '../../src/cli/suggest';

test.each([
  ['rum', 'run'],
  ['RUN', 'run'],
  ['machin', 'machine'],
  ['srve', 'serve'],
  ['xyz', null],
  ['', null],
])('%j suggests %j', (typed, meant) => {
  expect(suggest(typed, ['run', 'machine', 'serve'])).toBe(meant);
});
