import type { ScaleState } from '../../../../src/contract';
import { drawnThroughput, drawScaleReport, type CurveShape } from './scale-report';
import type { Drawn } from './drawn';

const ROUNDS = 4;

function shapesOf({ settings, ceiling }: ScaleState): CurveShape[] {
  const cores = ceiling.cpus ?? 4;
  return settings.executors.map((executor): CurveShape =>
    executor === 'python-threads'
      ? { executor, single: 42, contention: 1, coherency: 0, cores: 1000 }
      : {
          executor,
          single: executor.startsWith('python-') ? 42 : 250,
          contention: executor === 'threads' ? 0.011 : 0.019,
          coherency: executor === 'threads' ? 0.0002 : 0.0003,
          cores,
          fits: cores > 8,
        },
  );
}

export const drawnScale: Drawn<'scale'> = {
  begin(settings, common) {
    const max = settings.max ?? 8;
    const executors = settings.executors ?? ['threads', 'processes'];
    return {
      ...common,
      kind: 'scale',
      phase: 'warming-up',
      rounds: 0,
      current: null,
      curves: executors.map((executor) => ({ executor, failure: null, points: [] })),
      ceiling: {
        cpus: max / 2,
        marks: [
          { workers: max / 4, what: `${max / 4} physical cores` },
          { workers: max / 2, what: `${max / 2} cores` },
        ],
        explanation: `${max / 4} physical cores with 2 hardware threads each: the second thread of a core adds less than the first.`,
      },
      settings: {
        workload: settings.workload,
        executors,
        workers: Array.from({ length: max }, (_, index) => index + 1),
        size: 1000,
        workloadSettings: settings.workloadSettings ?? {},
        prepared: {},
        taskMs: settings.taskMs ?? null,
        calibratedMs: null,
        rounds: settings.rounds ?? null,
        seed: 7,
      },
    };
  },
  at(state, share) {
    const done = share * ROUNDS * state.settings.workers.length;
    const seen = state.settings.workers.filter((workers) => (workers * 5) % state.settings.workers.length < done);
    return {
      ...state,
      phase: 'measuring',
      rounds: Math.floor(share * ROUNDS),
      step: `Measuring, ${Math.floor(share * ROUNDS)} rounds`,
      curves: shapesOf(state).map((shape) => ({
        executor: shape.executor,
        failure: null,
        points: seen.map((workers) => ({ workers, throughput: drawnThroughput(shape, workers) })),
      })),
    };
  },
  report(state, { id, outcome, failure, machine, workload }) {
    const info = workload(state.settings.workload);
    return drawScaleReport(shapesOf(state), {
      id,
      settings: state.settings,
      machine,
      outcome,
      failure,
      ceiling: state.ceiling,
      roundCount: state.rounds,
      ended: outcome === 'completed' ? 'narrow' : outcome === 'failed' ? 'failed' : 'stopped',
      ...(info ? { workload: info } : {}),
      ...(failure ? { finding: failure.message } : {}),
    });
  },
};
