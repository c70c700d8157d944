import { expect, test } from 'vitest';
import { isNews } from '../../src/cli/warnings';

test('a sampler that Ctrl-C ended is no news; one that died by itself, and any other warning, is', () => {
  expect(isNews({ code: 'sampler-failed', message: '' }, { requested: true })).toBe(false);
  expect(isNews({ code: 'sampler-failed', message: '' }, { requested: false })).toBe(true);
  expect(isNews({ code: 'disk-full', message: '' }, { requested: true })).toBe(true);
});
