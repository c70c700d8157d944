import type { CompareState } from '../../../../src/contract';
import { makeCompareReport, type ContenderShape } from '../../../fixtures/compare-report';
import type { Drawn } from './drawn';

const ROUNDS = 8;

function shapesOf({ settings }: CompareState): ContenderShape[] {
  const speeds: Partial<Record<string, number>> = {
    sequential: 1,
    threads: 1.96,
    processes: 1.92,
    'python-threads': 0.16,
    'python-processes': 0.3,
  };
  return settings.executors.flatMap((name): ContenderShape[] => {
    const one = {
      contender: name,
      makespanMs: 400 / (speeds[name] ?? 1),
      workers: name === 'sequential' ? 1 : settings.workers,
    };
    if (name === 'python-threads')
      return [
        { contender: 'python-sequential', makespanMs: 2450, workers: 1 },
        { ...one, coresBusy: 1, lock: 'shared' },
      ];
    return [one];
  });
}

export const drawnCompare: Drawn<'compare'> = {
  begin(settings, common) {
    const executors = settings.executors ?? ['sequential', 'threads', 'processes'];
    const state: CompareState = {
      ...common,
      kind: 'compare',
      phase: 'warming-up',
      rounds: 0,
      current: executors[0] ?? null,
      contenders: [],
      pairs: [],
      undecided: [],
      settings: {
        workload: settings.workload,
        executors,
        workers: settings.workers ?? 2,
        size: 1000,
        workloadSettings: settings.workloadSettings ?? {},
        prepared: {},
        taskMs: settings.taskMs ?? null,
        calibratedMs: null,
        tasks: settings.tasks ?? 40,
        rounds: settings.rounds ?? null,
        seed: 7,
      },
    };
    return {
      ...state,
      contenders: shapesOf(state).map(({ contender }) => ({ contender, medianMs: null, failure: null })),
    };
  },
  at(state, share) {
    const rounds = Math.floor(share * ROUNDS);
    const shapes = shapesOf(state);
    return {
      ...state,
      phase: 'measuring',
      rounds,
      current: shapes[Math.round(share * 100) % shapes.length]?.contender ?? null,
      step: `Measuring, ${rounds} rounds`,
      contenders: shapes.map(({ contender, makespanMs }) => ({
        contender,
        medianMs: rounds === 0 ? null : makespanMs * (1 + 0.02 / rounds),
        failure: null,
      })),
    };
  },
  report(state, { id, outcome, failure, machine, workload }) {
    const info = workload(state.settings.workload);
    return makeCompareReport(
      shapesOf(state).map((shape) => ({ ...shape, cores: machine.hardwareThreads })),
      {
        id,
        settings: state.settings,
        machine,
        outcome,
        failure,
        roundCount: state.rounds,
        warnings: failure ? [] : ['The machine was busy with something else for 12 % of the time.'],
        ended: outcome === 'completed' ? 'stable' : outcome === 'failed' ? 'failed' : 'stopped',
        ...(info ? { workload: info } : {}),
        ...(failure ? { finding: failure.message } : {}),
      },
    );
  },
};
