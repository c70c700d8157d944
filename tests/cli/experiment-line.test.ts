import { expect, test } from 'vitest';
import { experimentLine } from '../../src/cli/experiment-line';
import type { ExperimentState } from '../../src/contract';

test('the line of an experiment says what is done and, once it can, how long it may take yet', () => {
  const state: ExperimentState = {
    kind: 'compare',
    id: 'x',
    phase: 'measuring',
    step: 'Measuring: threads, 7 rounds',
    progress: 0.4,
    startedAt: '2026-11-22T19:05:37.120Z',
    elapsedMs: 4_200,
    remainingMs: 6_300,
    rounds: 7,
    current: 'threads',
    contenders: [],
    pairs: [],
    undecided: [],
    finding: '',
    outcome: null,
    failure: null,
    reportId: null,
    settings: {
      workload: 'sleep',
      executors: ['sequential', 'threads'],
      workers: 2,
      size: 2,
      workloadSettings: {},
      prepared: {},
      taskMs: null,
      calibratedMs: null,
      tasks: 8,
      rounds: null,
      seed: 1,
    },
  };
  expect(experimentLine(state, 120)).toBe('Measuring: threads, 7 rounds  40 %  00:04  at most about 7 s left');
  expect(experimentLine({ ...state, progress: null, remainingMs: null }, 120)).toBe(
    'Measuring: threads, 7 rounds  00:04',
  );
  expect(experimentLine(state, 20).length).toBeLessThan(20);
});
