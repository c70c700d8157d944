import { expect, test, vi } from 'vitest';
import { tellWarning } from '../../src/cli/warnings';
import type { ErrorCode } from '../../src/contract';

function told(code: ErrorCode, whenRequested: 'before' | 'soon after' | 'never'): string[] {
  vi.useFakeTimers();
  const sentences: string[] = [];
  const interrupt = { requested: whenRequested === 'before' };
  tellWarning({ code, message: 'It happened.' }, interrupt, (sentence) => void sentences.push(sentence));
  if (whenRequested === 'soon after') interrupt.requested = true;
  vi.runAllTimers();
  vi.useRealTimers();
  return sentences;
}

test('a sampler that Ctrl-C ended is no news, whichever of the two the signal reached first', () => {
  expect(told('sampler-failed', 'before')).toEqual([]);
  expect(told('sampler-failed', 'soon after')).toEqual([]);
});

test('a sampler that died by itself, and any other warning, is told', () => {
  expect(told('sampler-failed', 'never')).toEqual(['coreloom: It happened.\n']);
  expect(told('disk-full', 'before')).toEqual(['coreloom: It happened.\n']);
});
