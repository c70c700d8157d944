import { describe, expect, test } from 'vitest';
import { takingPart } from '../../../src/renderer/src/stores/contenders';
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
