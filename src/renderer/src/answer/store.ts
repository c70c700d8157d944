import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import {
  isPython,
  isSingle,
  languageOf,
  LANGUAGES,
  type AnswerState,
  type SavedReport,
  type SettingsOf,
} from '../../../contract';
import { offersOf, takenOf, tasksReady } from '../stores/contenders';
import { useEngine } from '../stores/engine-state';
import { useExperiment } from '../stores/experiment';
import { useRun } from '../stores/run';

/** How many earlier answers are listed. */
const EARLIER = 4;

/** What the next answer is asked for. */
export const useAnswer = defineStore('answer', () => {
  const engine = useEngine();
  const experiments = useExperiment();
  const runs = useRun();
  /** Whether Python is answered too, where it can run the work. */
  const python = ref(true);
  const earlier = shallowRef<readonly SavedReport[]>([]);

  const possible = computed(() => (engine.facts ? takenOf(offersOf(engine.facts.executors), null) : []));
  const pythonPossible = computed(() => possible.value.some(isPython) && !possible.value.every(isPython));
  const executors = computed(() =>
    python.value || !pythonPossible.value ? possible.value : possible.value.filter((one) => !isPython(one)),
  );
  /** How many languages are answered: each needs two executors, one of them with several workers. */
  const languages = computed(
    () =>
      LANGUAGES.filter((language) => {
        const own = executors.value.filter((one) => languageOf(one) === language);
        return own.length > 1 && own.some((one) => !isSingle(one));
      }).length,
  );

  async function start(): Promise<void> {
    await experiments.start('answer', async () => ((await tasksReady()) ? settings() : null));
  }
  function settings(): SettingsOf<'answer'> {
    return {
      kind: 'answer',
      ...runs.taskSettings(engine.selected?.prints ?? false),
      executors: [...executors.value],
    };
  }

  /** Looks what was answered before, the newest first. */
  async function lookBack(): Promise<void> {
    earlier.value = await experiments.saved('answer', EARLIER);
  }

  /** One that was started elsewhere, or before a reload, is shown with its own settings. */
  function adopt({ settings }: AnswerState): void {
    runs.takeTasks(settings);
    python.value = settings.executors.some(isPython);
  }
  watch(
    () => experiments.stateOf('answer')?.id,
    () => {
      const state = experiments.stateOf('answer');
      if (state) adopt(state);
    },
    { immediate: true },
  );

  return { python, pythonPossible, languages, earlier, start, lookBack, fetch: experiments.fetch };
});
