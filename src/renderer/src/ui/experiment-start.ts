import { computed, type ComputedRef } from 'vue';
import type { ExperimentKind } from '../../../contract';
import { useEngine } from '../stores/engine-state';
import { useExperiment } from '../stores/experiment';
import { busySentence } from './experiment-words';

/** Whether an experiment of a kind is on, and whether one can be started. */
export interface StartState {
  on: ComputedRef<boolean>;
  starting: ComputedRef<boolean>;
  stopping: ComputedRef<boolean>;
  /** Why none can be started; null where it can, and while it is on. */
  blocked: ComputedRef<string | null>;
  can: ComputedRef<boolean>;
}

/** `missing`: what is missing of its settings; null where nothing is. */
export function useStartState(kind: ExperimentKind, missing: () => string | null): StartState {
  const engine = useEngine();
  const experiments = useExperiment();
  const on = computed(() => experiments.active?.kind === kind);
  const blocked = computed(() => {
    if (on.value) return null;
    if (experiments.active) return busySentence(experiments.active.kind);
    return engine.connection.state === 'open' ? missing() : 'Coreloom’s server cannot be reached.';
  });
  return {
    on,
    blocked,
    starting: computed(() => experiments.pendingOf(kind) === 'start'),
    stopping: computed(() => experiments.pendingOf(kind) === 'stop'),
    can: computed(() => blocked.value === null && experiments.asking === null),
  };
}
