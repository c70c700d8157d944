import { describe, expect, test } from 'vitest';
import type { ModuleInfo } from '../../../src/contract';
import { barredBy, takingPart } from '../../../src/renderer/src/stores/contenders';
import { liveIn } from '../../support/experiment-state';
import { createFakeEngine } from '../fake/engine';

const fake = createFakeEngine({
  python: '3.14',
  cores: 4,
  historyMs: 20_000,
  run: { workload: 'primes', workers: { 'python-threads': 2, 'python-processes': 1 }, taskMs: 20 },
});
const run = liveIn(fake.state());

describe('the executors that take part', () => {
  test('are those asked for and those that worked, in their order', () => {
    expect(takingPart(run, {})).toEqual(['python-threads', 'python-processes']);
    expect(takingPart(run, { threads: 1, processes: 0 })).toEqual(['threads', 'python-threads', 'python-processes']);
    expect(takingPart(null, {})).toEqual(['threads', 'processes']);
  });
});

describe('a module', () => {
  const module = (fileName: string, executors: ModuleInfo['executors']): ModuleInfo => ({
    path: `/${fileName}`,
    fileName,
    title: fileName,
    summary: '',
    kind: 'custom',
    size: { meaning: 'size', min: 1, max: 1, default: 1 },
    sized: false,
    exports: ['task'],
    taskPlace: `${fileName}:1`,
    inputs: null,
    executors,
  });

  test('runs on the executors that can run its file, and on the baseline of their language', () => {
    const task = module('task.mjs', ['threads']);
    expect(barredBy(null, 'processes')).toBeNull();
    expect((['threads', 'threads@b', 'sequential'] as const).map((name) => barredBy(task, name))).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('says which others it does not run on, by language where that is why', () => {
    const task = module('task.mjs', ['threads']);
    expect(barredBy(task, 'processes')).toBe('task.mjs does not run on processes.');
    expect(barredBy(task, 'python-threads')).toBe('task.mjs runs on Node, not on Python.');
    expect(barredBy(module('task.py', ['python-threads']), 'sequential')).toBe('task.py runs on Python, not on Node.');
  });
});
