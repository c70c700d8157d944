import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import {
  entriesOf,
  keysOf,
  MODULE_DEADLINE_MS,
  MODULE_WORKLOAD,
  type ByExecutor,
  type EngineClient,
  type ExecutorKey,
  type LastChoices,
  type LiveSettings,
  type ModuleInfo,
  type PythonChoice,
  type LiveState,
  type SettingsOf,
} from '../../../contract';
import { latestWins } from './latest-wins';
import { useExperiment } from './experiment';
import { useNotices } from './notices';

const FIGURES_EVERY_MS = 250;

/** What the run is asked to do beside its workload and counts; null is "no limit" or "as the workload says". */
export interface Choices {
  taskMs: number;
  /** For workloads that are not calibrated, by workload; what is not here has its default. */
  sizes: Record<string, number | null>;
  durationMs: number | null;
  tasks: number | null;
  /** Values of workloads' own settings, by workload and name; what is not here has its default. */
  workloadSettings: Record<string, Record<string, number>>;
  /** null: the engine's default. */
  python: PythonChoice | null;
  /** How long one task of the user's own module may run. */
  deadlineMs: number;
}

/** The run: what was asked for, what is. */
export const useRun = defineStore('run', () => {
  const notices = useNotices();
  const experiments = useExperiment();
  /** As the engine says it, once a frame. */
  const run = computed(() => experiments.stateOf('live'));
  /** The same, four times a second and at every change of phase, so that figures can be read. */
  const figures = shallowRef<LiveState | null>(null);
  const workload = ref('');
  const desired = ref<ByExecutor<number>>({});
  const choices = ref<Choices>({
    taskMs: 4,
    sizes: {},
    durationMs: null,
    tasks: null,
    workloadSettings: {},
    python: null,
    deadlineMs: MODULE_DEADLINE_MS,
  });
  /** The user's own module as it was last found; null where it cannot be run, or none was chosen. */
  const module = shallowRef<ModuleInfo | null>(null);

  let client: EngineClient | null = null;
  let figuresAtMs = Number.NEGATIVE_INFINITY;

  const isActive = (state: LiveState | null): boolean => state !== null && state.outcome === null;
  const active = computed(() => isActive(run.value));
  const latest = (): LiveState | null => experiments.latestOf('live');
  /** A run that is stopping takes no more counts; what is set then is for the next one. */
  const takesCounts = (state: LiveState | null): boolean => isActive(state) && state?.phase !== 'stopping';
  const isModule = computed(() => workload.value === MODULE_WORKLOAD);
  /** A module runs on the executors of its language alone. */
  const takes = (executor: ExecutorKey): boolean =>
    !isModule.value || module.value === null || module.value.executors.includes(executor);
  /** The counts that are asked for of the executors that can run what is chosen; the others keep theirs for later. */
  const asked = computed<ByExecutor<number>>(() =>
    Object.fromEntries(entriesOf(desired.value).filter(([one]) => takes(one))),
  );
  const total = computed(() => entriesOf(asked.value).reduce((sum, [, count]) => sum + count, 0));

  const updates = latestWins<ByExecutor<number>>({
    async send(workers) {
      if (!client || !takesCounts(latest())) return;
      experiments.apply(await client.call('updateExperiment', { workers }));
      adopt();
    },
    merge: (waiting, newer) => ({ ...waiting, ...newer }),
    idle: adopt,
    failed: (error) => {
      notices.fail(error);
    },
  });

  /**
   * The counts that the run was asked for become ours, unless ours are still under way. A pool may want another number
   * for a while: one worker while calibrating, none while stopping.
   */
  function adopt(): void {
    const state = latest();
    if (!takesCounts(state) || updates.busy || experiments.pendingOf('live') === 'start') return;
    const next = { ...desired.value, ...state?.settings.workers };
    if (keysOf(next).some((executor) => next[executor] !== desired.value[executor])) desired.value = next;
  }

  function resized(executor: ExecutorKey, counts: { desired: number; live: number }): void {
    const state = latest();
    if (!isActive(state) || state === null) return;
    const executors = state.executors.map((one) => (one.executor === executor ? { ...one, ...counts } : one));
    experiments.apply({ ...state, executors });
  }

  /** Shows what has come; called once a frame. */
  function publish(nowMs: number): void {
    const [shown, state] = [figures.value, run.value];
    if (shown === state) return;
    const turned = shown?.phase !== state?.phase || shown?.id !== state?.id;
    if (!turned && nowMs - figuresAtMs < FIGURES_EVERY_MS) return;
    figuresAtMs = nowMs;
    figures.value = state;
  }

  /** Asks for a number of workers: at once while a run is on, else for the next run. */
  function setCount(executor: ExecutorKey, workers: number): void {
    if (desired.value[executor] === workers || !takes(executor)) return;
    desired.value = { ...desired.value, [executor]: workers };
    if (takesCounts(latest())) updates.push({ [executor]: workers });
  }

  /** One worker fewer or more, within what the slider offers. */
  function nudge(executor: ExecutorKey, by: 1 | -1, max: number): void {
    setCount(executor, Math.min(max, Math.max(0, (desired.value[executor] ?? 0) + by)));
  }

  /** Gives the first two of some executors workers where nobody else has any: what was just chosen can be started. */
  function ensureSome(executors: readonly ExecutorKey[], usual: ByExecutor<number>): void {
    if (isActive(latest()) || total.value > 0) return;
    for (const executor of executors) if (usual[executor] !== undefined) setCount(executor, usual[executor]);
  }

  /** What is chosen of the tasks, for a run or for an experiment; a workload that is not calibrated is given a size. */
  function taskSettings(
    bySize: boolean,
  ): Pick<LiveSettings, 'workload' | 'size' | 'taskMs' | 'workloadSettings' | 'python' | 'module' | 'deadlineMs'> {
    const { taskMs, sizes, python, deadlineMs } = choices.value;
    const workloadSettings = choices.value.workloadSettings[workload.value];
    return {
      workload: workload.value,
      ...(bySize ? { size: sizes[workload.value] ?? undefined } : { taskMs }),
      ...(workloadSettings === undefined ? {} : { workloadSettings: { ...workloadSettings } }),
      ...(python === null ? {} : { python: { ...python } }),
      ...(isModule.value && module.value ? { module: module.value.path, deadlineMs } : {}),
    };
  }
  function settings(bySize: boolean): SettingsOf<'live'> {
    const { durationMs, tasks } = choices.value;
    return {
      kind: 'live',
      ...taskSettings(bySize),
      workers: { ...asked.value },
      durationMs: durationMs ?? undefined,
      tasks: tasks ?? undefined,
    };
  }

  /**
   * Starts a run with what is chosen. `prepare` answers whether tasks are given a size rather than a length, or null where
   * there is nothing to start; `refused` is told what the engine says no to, and answers whether it took it.
   */
  async function start(
    prepare: () => Promise<{ bySize: boolean } | null>,
    refused: (error: unknown) => boolean,
  ): Promise<void> {
    if (isActive(latest()) || total.value === 0) return;
    let given: ByExecutor<number> = {};
    const settingsReady = async (): Promise<SettingsOf<'live'> | null> => {
      const ready = await prepare();
      if (ready === null || total.value === 0) return null;
      const chosen = settings(ready.bySize);
      given = chosen.workers;
      return chosen;
    };
    if (await experiments.start('live', settingsReady, refused)) sendMoved(given);
    adopt();
  }

  /** Sends the counts that moved while the start was under way. */
  function sendMoved(given: ByExecutor<number>): void {
    const moved = keysOf({ ...asked.value, ...given }).filter((executor) => asked.value[executor] !== given[executor]);
    if (moved.length > 0)
      updates.push(Object.fromEntries(moved.map((executor) => [executor, desired.value[executor] ?? 0])));
  }

  function setWorkloadSetting(name: string, value: number): void {
    const { workloadSettings } = choices.value;
    workloadSettings[workload.value] = { ...workloadSettings[workload.value], [name]: value };
  }
  /** Takes over what somebody else's run or experiment was asked to do with its tasks. */
  function takeTasks({
    workload: of,
    workloadSettings,
    python,
    taskMs,
  }: Pick<LiveState['settings'], 'workload' | 'workloadSettings' | 'python' | 'taskMs'>): void {
    workload.value = of;
    choices.value.taskMs = taskMs ?? choices.value.taskMs;
    if (Object.keys(workloadSettings).length > 0) choices.value.workloadSettings[of] = { ...workloadSettings };
    if (python) choices.value.python = { executable: python.executable, startMethod: python.startMethod ?? undefined };
  }

  /** Takes up what was last chosen, before the window was closed. */
  function recall({ taskMs, sizes, workloadSettings, durationMs, tasks }: LastChoices): void {
    choices.value = { ...choices.value, taskMs, sizes, workloadSettings, durationMs, tasks };
  }

  /** Starts over from the state of the engine. */
  function load(
    engine: EngineClient,
    state: { workload: string; workers: ByExecutor<number>; chosen?: LastChoices | null },
  ): void {
    client = engine;
    const last = latest();
    const first = workload.value === '';
    if (first) {
      if (state.chosen) recall(state.chosen);
      workload.value = last?.settings.workload ?? state.workload;
      desired.value = { ...state.workers, ...last?.settings.workers };
    }
    if (last && (first || isActive(last))) {
      takeTasks(last.settings);
      choices.value.deadlineMs = last.settings.deadlineMs ?? choices.value.deadlineMs;
    }
    adopt();
  }

  return {
    run,
    figures,
    workload,
    module,
    isModule,
    desired,
    asked,
    choices,
    active,
    total,
    adopt,
    resized,
    publish,
    setCount,
    nudge,
    ensureSome,
    setWorkloadSetting,
    taskSettings,
    takeTasks,
    start,
    load,
  };
});
