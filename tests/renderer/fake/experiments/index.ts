import {
  CoreloomError,
  type EngineEvent,
  type ExperimentKind,
  type ExperimentState,
  type MachineInfo,
  type Report,
  type ReportList,
  type ReportQuery,
  type RunOutcome,
  type SettingsOf,
  type StateOf,
  type WorkloadInfo,
} from '../../../../src/contract';
import { drawnAnswer } from './answer';
import { drawnCompare } from './compare';
import type { Drawn } from './drawn';
import { drawnLab } from './lab';
import { drawnScale } from './scale';
import { drawnScorecard } from './scorecard';

/** Live runs are played by the engine itself, task by task. */
type DrawnKind = Exclude<ExperimentKind, 'live'>;

/** Experiments of a fake engine but live runs: they go on by `step`, and end as drawn reports. */
export interface FakeExperiments {
  state(): StateOf<DrawnKind> | null;
  active(): boolean;
  start(settings: SettingsOf<DrawnKind>): ExperimentState;
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
  /** Whether one goes on until it is stopped or ended, however long a page takes. */
  lasting: boolean;
  emit(event: EngineEvent): void;
}

const STEPS = 32;
const STEP_MS = 100;
const DRAWN: { [K in DrawnKind]: Drawn<K> } = {
  answer: drawnAnswer,
  compare: drawnCompare,
  scale: drawnScale,
  lab: drawnLab,
  scorecard: drawnScorecard,
};

/** The same, for a state whose kind is not known beforehand. */
const drawnOf = (kind: DrawnKind): Drawn<DrawnKind> => DRAWN[kind] as unknown as Drawn<DrawnKind>;

export function createFakeExperiments({
  machine,
  workloads,
  saved,
  lasting,
  emit,
}: FakeExperimentsOptions): FakeExperiments {
  const reports = new Map(saved.map((report) => [report.id, report]));
  let state: StateOf<DrawnKind> | null = null;
  let steps = 0;
  let count = 0;

  const active = (): boolean => state !== null && state.outcome === null;
  const change = (next: StateOf<DrawnKind>): ExperimentState => {
    state = next;
    emit({ type: 'experiment-changed', experiment: next });
    return next;
  };

  function start(settings: SettingsOf<DrawnKind>): ExperimentState {
    steps = 0;
    return change(
      drawnOf(settings.kind).begin(settings, {
        id: `experiment-${++count}`,
        startedAt: '2026-01-01T00:00:00.000Z',
        elapsedMs: 0,
        step: 'Warming up',
        progress: null,
        remainingMs: null,
        finding: 'No result yet: the rounds are not finished.',
        outcome: null,
        failure: null,
        reportId: null,
      }),
    );
  }

  function end(outcome: RunOutcome): ExperimentState {
    if (!state || !active()) throw new CoreloomError('no-run', 'There is no experiment to stop.');
    const failure =
      outcome === 'failed'
        ? {
            code: 'checksum-mismatch' as const,
            message: 'Threads and processes disagree on the checksum of input 17: it proves nothing.',
          }
        : null;
    const report = drawnOf(state.kind).report(state, {
      id: `report-${state.id}`,
      outcome,
      failure,
      machine,
      workload: (name) => workloads.find((one) => one.name === name),
    });
    reports.set(report.id, report);
    const ended = change({
      ...state,
      step: 'Ended',
      progress: 1,
      remainingMs: 0,
      outcome,
      failure,
      finding: report.finding,
      reportId: report.id,
    });
    emit({ type: 'experiment-ended', experiment: ended });
    emit({ type: 'reports-changed' });
    return ended;
  }

  function step(): void {
    if (!state || !active()) return;
    steps = lasting ? Math.min(steps + 1, STEPS - 1) : steps + 1;
    const share = steps / STEPS;
    change({
      ...drawnOf(state.kind).at(state, share),
      elapsedMs: steps * STEP_MS,
      progress: steps < 4 ? null : share,
      remainingMs: steps < 4 ? null : (STEPS - steps) * STEP_MS,
    });
    if (steps >= STEPS) end('completed');
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
      const of = [...reports.values()]
        .filter(
          ({ kind, id }) => (query?.kind === undefined || kind === query.kind) && id.includes(query?.search ?? ''),
        )
        .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
      const lines = of.map(({ id, kind, startedAt, outcome, elapsedMs, finding }) => ({
        id,
        kind,
        startedAt,
        outcome,
        subject: id,
        workers: {},
        elapsedMs,
        throughputPerSecond: null,
        finding,
        title: null,
        note: null,
      }));
      return { reports: lines.slice(0, query?.limit), found: of.length, saved: reports.size, broken: [] };
    },
  };
}
