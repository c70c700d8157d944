import { describe, expect, test } from 'vitest';
import { pythonFor } from '../../../src/renderer/src/ui/python-choice';
import { createFakeEngine } from '../fake/engine';

describe('the interpreter that a run would use', () => {
  const pythons = [...createFakeEngine({ python: '3.14' }).state().executors.pythons!].reverse();

  test('is the chosen one, else the first that has what is asked for', () => {
    expect(pythonFor(pythons, { chosen: null, workers: {} })?.version).toBe('3.13.0');
    expect(pythonFor(pythons, { chosen: null, workers: { 'python-interpreters': 1 } })?.version).toBe('3.14.0');
    expect(pythonFor(pythons, { chosen: { executable: '/usr/bin/python3.14' }, workers: {} })?.version).toBe('3.14.0');
    expect(pythonFor([], { chosen: null, workers: {} })).toBeNull();
  });
});
