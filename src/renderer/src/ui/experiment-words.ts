import {
  duration,
  wholeSeconds,
  kindFacts,
  LAB_TITLES,
  OUTCOME_TITLES,
  clock,
  type ExperimentKind,
  type ExperimentState,
} from '../../../contract';

/** Why nothing else can be started now, and what to do about it. */
export function busySentence(by: ExperimentKind): string {
  return `A ${kindFacts(by).noun} is in progress: stop it in its own view first.`;
}

/** What is expected to be left, and that it is a limit: `at most 40 s left`. */
export function remainingWords(remainingMs: number | null): string {
  if (remainingMs === null) return 'no estimate yet';
  return `at most ${duration(wholeSeconds(remainingMs))} left`;
}

/** How an experiment stands, for the line at the foot. */
export function experimentStatus(state: ExperimentState, titleOf: (workload: string) => string): string[] {
  const name = kindFacts(state.kind).noun;
  const at = `${name} ${state.outcome === null ? 'running' : OUTCOME_TITLES[state.outcome]} ${clock(state.elapsedMs)}`;
  return [at, ...subjectOf(state, titleOf), ...(state.outcome === null ? [state.step] : [])];
}

function subjectOf(state: ExperimentState, titleOf: (workload: string) => string): string[] {
  if ('lab' in state) return [LAB_TITLES[state.lab]];
  return 'workload' in state.settings ? [titleOf(state.settings.workload)] : [];
}
