import {
  duration,
  wholeSeconds,
  LAB_TITLES,
  OUTCOME_TITLES,
  clock,
  type ExperimentKind,
  type ExperimentState,
} from '../../../contract';

/** An experiment of each kind as part of a sentence; a further kind is one line here. */
const EXPERIMENTS: Record<ExperimentKind, string> = {
  compare: 'comparison',
  scale: 'scaling experiment',
  lab: 'lab',
  scorecard: 'scorecard',
};

/** Why nothing else can be started now, and what to do about it. */
export function busySentence(by: ExperimentKind | 'run'): string {
  return `A ${by === 'run' ? 'live run' : EXPERIMENTS[by]} is in progress: stop it in its own view first.`;
}

/** What is expected to be left, and that it is a limit: `at most 40 s left`. */
export function remainingWords(remainingMs: number | null): string {
  if (remainingMs === null) return 'no estimate yet';
  return `at most ${duration(wholeSeconds(remainingMs))} left`;
}

/** How an experiment stands, for the line at the foot. */
export function experimentStatus(state: ExperimentState, titleOf: (workload: string) => string): string[] {
  const name = EXPERIMENTS[state.kind];
  const at = `${name} ${state.outcome === null ? 'running' : OUTCOME_TITLES[state.outcome]} ${clock(state.elapsedMs)}`;
  return [at, ...subjectOf(state, titleOf), ...(state.outcome === null ? [state.step] : [])];
}

function subjectOf(state: ExperimentState, titleOf: (workload: string) => string): string[] {
  if ('lab' in state) return [LAB_TITLES[state.lab]];
  return 'workload' in state.settings ? [titleOf(state.settings.workload)] : [];
}
