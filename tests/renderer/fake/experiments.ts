import { CoreloomError, type CompareState, type EngineEvent, type ExperimentSettings, type ExperimentState, type MachineInfo, type Report, type ReportList, type ReportQuery, type WorkloadInfo } from '../../../src/contract';
import { makeCompareReport, type ContenderShape } from '../../fixtures/compare-report';

/** Experiments of a fake engine: they go on by `step`, and end as drawn reports. */
export interface FakeExperiments {
  state(): ExperimentState | null;
  active(): boolean;
  start(settings: ExperimentSettings): ExperimentState;
  stop(): ExperimentState;
  /** 100 ms pass. */
  step(): void;
  /** Ends the one that is on as if by itself. */
  end(outcome: 'completed' | 'failed'): ExperimentState;
  report(id: string): Report;
  list(query: ReportQuery | null): ReportList;
}

export interface FakeExperimentsOptions {
  machine: MachineInfo;
  workloads: readonly WorkloadInfo[];
  /** Reports that are there from the beginning. */
  saved: readonly Report[];
  emit(event: EngineEvent): void;
}

const ROUND_STEPS = 4;
const ROUNDS = 8;

function shapesOf({ settings }: CompareState): ContenderShape[] {
  const speeds: Partial<Record<string, number>> = { sequential: 1, threads: 1.96, processes: 1.92, 'python-threads': 0.16, 'python-processes': 0.3 };
  return settings.executors.flatMap((name): ContenderShape[] => {
    const one = { contender: name, makespanMs: 400 / (speeds[name] ?? 1), workers: name === 'sequential' ? 1 : settings.workers };
    if (name === 'python-threads') return [{ contender: 'python-sequential', makespanMs: 2450, workers: 1 }, { ...one, coresBusy: 1, lock: 'shared' }];
    return [one];
  });
}

export function createFakeExperiments({ machine, workloads, saved, emit }: FakeExperimentsOptions): FakeExperiments {
  const reports = new Map(saved.map((report) => [report.id, report]));
  let state: CompareState | null = null;
  let steps = 0;
  let count = 0;

  const active = (): boolean => state !== null && state.outcome === null;
  const change = (next: CompareState): CompareState => {
    state = next;
    emit({ type: 'experiment-changed', experiment: next });
    return next;
  };
  const now = (): CompareState => {
    if (!state || !active()) throw new CoreloomError('no-run', 'There is no experiment to stop.');
    return state;
  };

  function start(settings: ExperimentSettings): ExperimentState {
    if (settings.kind !== 'compare') throw new CoreloomError('not-available', 'The fake engine has no experiment of this kind.');
    steps = 0;
    const executors = settings.executors ?? ['sequential', 'threads', 'processes'];
    const fresh: CompareState = {
      kind: 'compare', id: `experiment-${++count}`, phase: 'warming-up', step: 'Warming up', startedAt: '2026-01-01T00:00:00.000Z', elapsedMs: 0, progress: null, remainingMs: null,
      finding: 'Nothing can be said before the rounds are over.', outcome: null, failure: null, reportId: null, rounds: 0, current: executors[0] ?? null, contenders: [],
      settings: {
        workload: settings.workload, executors, workers: settings.workers ?? 2, size: 1000, workloadSettings: settings.workloadSettings ?? {}, prepared: {},
        taskMs: settings.taskMs ?? null, calibratedMs: null, tasks: settings.tasks ?? 40, rounds: settings.rounds ?? null, seed: 7,
      },
    };
    return change({ ...fresh, contenders: shapesOf(fresh).map(({ contender }) => ({ contender, medianMs: null, failure: null })) });
  }

  function end(outcome: 'completed' | 'cancelled' | 'failed'): ExperimentState {
    const last = now();
    const failure = outcome === 'failed' ? { code: 'checksum-mismatch' as const, message: 'Threads and processes disagree on the checksum of input 17: the comparison proves nothing.' } : null;
    const info = workloads.find(({ name }) => name === last.settings.workload);
    const report = makeCompareReport(shapesOf(last), {
      id: `report-${last.id}`, settings: last.settings, machine, outcome, failure, roundCount: last.rounds, warnings: failure ? [] : ['The machine was busy with something else for 12 % of the time.'],
      ended: outcome === 'completed' ? 'stable' : outcome === 'failed' ? 'failed' : 'stopped', ...(info ? { workload: info } : {}), ...(failure ? { finding: failure.message } : {}),
    });
    reports.set(report.id, report);
    const ended = change({ ...last, phase: 'ended', step: 'Ended', progress: 1, remainingMs: 0, current: null, outcome, failure, finding: report.finding, reportId: report.id });
    emit({ type: 'experiment-ended', experiment: ended });
    emit({ type: 'reports-changed' });
    return ended;
  }

  function step(): void {
    if (!state || !active()) return;
    steps++;
    const rounds = Math.floor(steps / ROUND_STEPS);
    const shapes = shapesOf(state);
    const who = shapes[steps % shapes.length]?.contender ?? null;
    change({
      ...state, phase: 'measuring', elapsedMs: steps * 100, rounds, current: who, step: `Measuring, ${rounds} rounds`, progress: rounds === 0 ? null : rounds / ROUNDS, remainingMs: rounds === 0 ? null : (ROUNDS - rounds) * ROUND_STEPS * 100,
      contenders: shapes.map(({ contender, makespanMs }) => ({ contender, medianMs: rounds === 0 ? null : makespanMs * (1 + 0.02 / rounds), failure: null })),
    });
    if (rounds >= ROUNDS) end('completed');
  }

  return {
    state: () => state,
    active,
    start,
    stop: () => end('cancelled'),
    step,
    end,
    report(id) {
      const report = reports.get(id);
      if (!report) throw new CoreloomError('report-not-found', `There is no report ${id}.`);
      return report;
    },
    list(query) {
      const of = [...reports.values()].filter(({ kind }) => query?.kind === undefined || kind === query.kind).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
      const lines = of.map(({ id, kind, startedAt, outcome, elapsedMs, finding }) => ({ id, kind, startedAt, outcome, subject: 'drawn', workers: {}, elapsedMs, throughputPerSecond: null, finding, title: null, note: null }));
      return { reports: lines.slice(0, query?.limit), found: of.length, saved: reports.size, broken: [] };
    },
  };
}
