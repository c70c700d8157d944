import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import {
  inOrder,
  isExecutorKey,
  languageFacts,
  languageOf,
  type CompareState,
  type ExecutorKey,
  type SettingsOf,
} from '../../../contract';
import { offersOf, takenOf, tasksReady } from '../stores/contenders';
import { useEngine } from '../stores/engine-state';
import { carried } from '../stores/carried';
import { useExperiment } from '../stores/experiment';
import { useRun } from '../stores/run';

/** What the next comparison is asked to do beside its tasks; null leaves the choice to the engine. */
export interface CompareChoices {
  executors: ExecutorKey[] | null;
  workers: number | null;
  /** null: until every ratio is stable. */
  rounds: number | null;
  tasks: number | null;
  /** How long a task is to be, ms; null: as long as workloads are, and shorter where too few rounds would fit into the time. */
  taskMs: number | null;
  precise: boolean;
}

/** Those with the executors that they are held against. */
function withBaselines(executors: readonly ExecutorKey[]): ExecutorKey[] {
  const baselines = executors.flatMap((name): ExecutorKey[] => {
    const { baseline } = languageFacts(languageOf(name));
    return isExecutorKey(baseline) ? [baseline] : [];
  });
  return inOrder([...baselines, ...executors]);
}

/** The settings of the Compare view. */
export const useCompare = defineStore('compare', () => {
  const engine = useEngine();
  const experiments = useExperiment();
  const runs = useRun();
  const choices = ref<CompareChoices>({
    executors: null,
    workers: null,
    rounds: null,
    tasks: null,
    taskMs: null,
    precise: false,
  });

  const offers = computed(() => (engine.facts ? offersOf(engine.facts.executors) : []));
  const taken = computed(() => takenOf(offers.value, choices.value.executors));
  /** What the engine would choose. */
  const workersUnasked = computed(() => Math.max(2, Math.floor(engine.facts?.machine.limits.effectiveCpus ?? 2)));
  const workers = computed(() => choices.value.workers ?? workersUnasked.value);

  function toggle(executor: ExecutorKey): void {
    const now = taken.value;
    choices.value.executors = now.includes(executor) ? now.filter((name) => name !== executor) : [...now, executor];
  }
  async function start(): Promise<void> {
    await experiments.start('compare', async () => ((await tasksReady()) ? settings() : null));
  }
  function settings(): SettingsOf<'compare'> {
    const { rounds, tasks, taskMs, precise } = choices.value;
    const prints = engine.selected?.prints ?? false;
    return {
      kind: 'compare',
      ...runs.taskSettings(prints),
      taskMs: prints ? undefined : (taskMs ?? undefined),
      executors: [...taken.value],
      workers: workers.value,
      rounds: rounds ?? undefined,
      tasks: tasks ?? undefined,
      precise: precise || undefined,
    };
  }

  watch(
    carried,
    (from) => {
      if (from?.to === 'compare') choices.value.executors = withBaselines(from.executors);
    },
    { immediate: true },
  );
  /** An experiment that was started elsewhere, or before a reload, is shown with its own settings. */
  function adopt({ settings }: CompareState): void {
    runs.takeTasks(settings);
    choices.value = {
      ...choices.value,
      executors: [...settings.executors],
      workers: settings.workers,
      rounds: settings.rounds,
      taskMs: settings.taskMs,
      precise: settings.precise ?? false,
    };
  }
  watch(
    () => experiments.stateOf('compare')?.id,
    () => {
      const state = experiments.stateOf('compare');
      if (state) adopt(state);
    },
    { immediate: true },
  );

  return { choices, offers, taken, workers, toggle, start };
});
