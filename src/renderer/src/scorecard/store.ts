import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useExperiment } from '../stores/experiment';
import { useRun } from '../stores/run';

/** The settings of the Scorecard view. */
export const useScorecard = defineStore('scorecard', () => {
  const experiments = useExperiment();
  const runs = useRun();
  const quick = ref(true);

  async function start(): Promise<void> {
    const { python } = runs.choices;
    await experiments.start('scorecard', () => ({
      kind: 'scorecard',
      quick: quick.value,
      ...(python === null ? {} : { python: { ...python } }),
    }));
  }
  /** One that was started elsewhere, or before a reload, is shown with its own settings. */
  watch(
    () => experiments.stateOf('scorecard')?.id,
    () => {
      const state = experiments.stateOf('scorecard');
      if (state) quick.value = state.settings.quick;
    },
    { immediate: true },
  );

  return { quick, start };
});
