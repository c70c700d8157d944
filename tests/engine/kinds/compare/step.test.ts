import { expect, test } from 'vitest';
import { stepWords } from '../../../../src/engine/kinds/compare/step';

test('the step of a comparison names the phase, who is at work, and the complete rounds while it measures', () => {
  expect(stepWords('measuring', 'threads', 7, 20)).toBe('Measuring: threads, 7 rounds of 20');
  expect(stepWords('measuring', null, 1, null)).toBe('Measuring, 1 round');
  expect(stepWords('warming-up', 'python-sequential', 0, null)).toMatch(/^Warming up: /);
});
