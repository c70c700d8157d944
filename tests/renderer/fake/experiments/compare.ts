import type { CompareState } from '../../../../src/contract';
import { findingSoFar } from '../../../../src/engine/kinds/compare/so-far';
import { makeCompareReport, type ContenderShape } from '../../../fixtures/compare-report';
import type { Drawn } from './drawn';

const ROUNDS = 40;
/** From how many rounds on pairs are told, and from how many there are intervals. */
const FIRST = 8;
const INTERVALS = 14;

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

/** Pairs whose intervals narrow with the root of the number of rounds. */
function standingAt(state: CompareState, rounds: number): Pick<CompareState, 'pairs' | 'undecided'> {
  if (rounds < FIRST) return { pairs: [], undecided: [] };
  const pairs = makeCompareReport(shapesOf(state)).differences.map(({ contender, against, ratio, verdict }) => {
    const by = 0.3 / Math.sqrt(rounds);
    const has = rounds >= INTERVALS;
    return {
      contender,
      against,
      value: ratio.value,
      low: has ? ratio.value * (1 - by) : null,
      high: has ? ratio.value * (1 + by) : null,
      verdict: has ? verdict : ('too-few-rounds' as const),
    };
  });
  const undecided = pairs
    .filter(({ verdict }) => verdict === 'no-difference')
    .map(({ contender, against }) => ({ contender, against, remainingMs: (ROUNDS - rounds) * 300 }));
  return { pairs, undecided };
}

function findingOf(state: CompareState, standing: ReturnType<typeof standingAt>, rounds: number): string {
  const contenders = shapesOf(state).map(({ contender, makespanMs }) => ({
    contender,
    medianMs: makespanMs,
    failure: null,
  }));
  return findingSoFar({
    ...standing,
    rounds,
    contenders,
    plannedRounds: null,
    measuringMs: rounds * 300,
    leftMs: 20_000,
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
    const standing = standingAt(state, rounds);
    return {
      ...state,
      ...standing,
      ...(rounds < FIRST ? {} : { finding: findingOf(state, standing, rounds) }),
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
