import { expect, test } from 'vitest';
import { progressOf, stepWords } from '../../../../src/engine/experiment/compare/step';

test('the step of a comparison names the phase, who is at work, and the complete rounds while it measures', () => {
  expect(stepWords('measuring', 'threads', 7, 20)).toBe('Measuring: threads, 7 rounds of 20');
  expect(stepWords('measuring', null, 1, null)).toBe('Measuring, 1 round');
  expect(stepWords('warming-up', 'python-sequential', 0, null)).toMatch(/^Warming up: /);
});

test('progress is what has gone of the time expected, not known before there is an estimate, and whole at the end', () => {
  expect(progressOf('measuring', 3_000, 1_000)).toBe(0.75);
  expect(progressOf('calibrating', 500, null)).toBeNull();
  expect(progressOf('ended', 500, null)).toBe(1);
});
