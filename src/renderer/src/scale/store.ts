import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { executorFacts, isSingle, type ExecutorKey, type ScaleState, type SettingsOf } from '../../../contract';
import { offersOf, takenOf, tasksReady } from '../stores/contenders';
import { useEngine } from '../stores/engine-state';
import { carried } from '../stores/carried';
import { useExperiment } from '../stores/experiment';
import { useRun } from '../stores/run';

/** What the next scaling experiment is asked to do beside its tasks; null leaves the choice to the engine. */
export interface ScaleChoices {
  executors: ExecutorKey[] | null;
  max: number | null;
  /** null: until the intervals are narrow. */
  rounds: number | null;
}

/** The settings of the Scaling view. */
export const useScale = defineStore('scale', () => {
  const engine = useEngine();
  const experiments = useExperiment();
  const runs = useRun();
  const choices = ref<ScaleChoices>({ executors: null, max: null, rounds: null });

  /** The baseline has one worker by its nature: there is nothing to scale. */
  const offers = computed(() =>
    engine.facts ? offersOf(engine.facts.executors).filter(({ executor }) => !executorFacts(executor).single) : [],
  );
  const taken = computed(() => takenOf(offers.value, choices.value.executors));

  function toggle(executor: ExecutorKey): void {
    const now = taken.value;
    choices.value.executors = now.includes(executor) ? now.filter((name) => name !== executor) : [...now, executor];
  }
  async function start(): Promise<void> {
    await experiments.start('scale', async () => ((await tasksReady()) ? settings() : null));
  }
  function settings(): SettingsOf<'scale'> {
    const { max, rounds } = choices.value;
    return {
      kind: 'scale',
      ...runs.taskSettings(engine.selected?.prints ?? false),
      executors: [...taken.value],
      max: max ?? undefined,
      rounds: rounds ?? undefined,
    };
  }

  /** An experiment that was started elsewhere, or before a reload, is shown with its own settings. */
  function adopt({ settings }: ScaleState): void {
    runs.takeTasks(settings);
    choices.value = {
      executors: [...settings.executors],
      max: settings.workers.at(-1) ?? null,
      rounds: settings.rounds,
    };
  }
  watch(
    carried,
    (from) => {
      if (from?.to === 'scale') choices.value.executors = from.executors.filter((name) => !isSingle(name));
    },
    { immediate: true },
  );
  watch(
    () => experiments.stateOf('scale')?.id,
    () => {
      const state = experiments.stateOf('scale');
      if (state) adopt(state);
    },
    { immediate: true },
  );

  return { choices, offers, taken, toggle, start };
});
