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
  type LiveSettings,
  type ModuleInfo,
  type PythonChoice,
  type RunState,
} from '../../../contract';
import { latestWins } from './latest-wins';
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
  /** As the engine says it, once a frame. */
  const run = shallowRef<RunState | null>(null);
  /** The same, four times a second and at every change of phase, so that figures can be read. */
  const figures = shallowRef<RunState | null>(null);
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
  const pending = ref<'start' | 'stop' | null>(null);

  let client: EngineClient | null = null;
  let latest: RunState | null = null;
  let figuresAtMs = Number.NEGATIVE_INFINITY;

  const active = computed(() => run.value !== null && run.value.phase !== 'ended');
  const isActive = (state: RunState | null): boolean => state !== null && state.phase !== 'ended';
  /** A run that is stopping takes no more counts; what is set then is for the next one. */
  const takesCounts = (state: RunState | null): boolean => isActive(state) && state?.phase !== 'stopping';
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
      if (client && takesCounts(latest)) apply(await client.call('updateRun', { workers }));
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
    if (!takesCounts(latest) || updates.busy || pending.value === 'start') return;
    const next = { ...desired.value, ...latest?.settings.workers };
    if (keysOf(next).some((executor) => next[executor] !== desired.value[executor])) desired.value = next;
  }

  /** Takes the newest state of the run. */
  function apply(state: RunState | null): void {
    latest = state;
    adopt();
  }

  function resized(executor: ExecutorKey, counts: { desired: number; live: number }): void {
    if (!latest) return;
    const executors = latest.executors.map((one) => (one.executor === executor ? { ...one, ...counts } : one));
    apply({ ...latest, executors });
  }

  /** Shows what has come; called once a frame. */
  function publish(nowMs: number): void {
    if (run.value === latest) return;
    const turned = run.value?.phase !== latest?.phase || run.value?.id !== latest?.id;
    run.value = latest;
    if (!turned && nowMs - figuresAtMs < FIGURES_EVERY_MS) return;
    figuresAtMs = nowMs;
    figures.value = latest;
  }

  /** Asks for a number of workers: at once while a run is on, else for the next run. */
  function setCount(executor: ExecutorKey, workers: number): void {
    if (desired.value[executor] === workers || !takes(executor)) return;
    desired.value = { ...desired.value, [executor]: workers };
    if (takesCounts(latest)) updates.push({ [executor]: workers });
  }

  /** One worker fewer or more, within what the slider offers. */
  function nudge(executor: ExecutorKey, by: 1 | -1, max: number): void {
    setCount(executor, Math.min(max, Math.max(0, (desired.value[executor] ?? 0) + by)));
  }

  /** Gives the first two of some executors workers where nobody else has any: what was just chosen can be started. */
  function ensureSome(executors: readonly ExecutorKey[], usual: ByExecutor<number>): void {
    if (isActive(latest) || total.value > 0) return;
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
  function settings(bySize: boolean): LiveSettings {
    const { durationMs, tasks } = choices.value;
    return {
      ...taskSettings(bySize),
      workers: { ...asked.value },
      durationMs: durationMs ?? undefined,
      tasks: tasks ?? undefined,
    };
  }

  async function attempt(kind: 'start' | 'stop', act: (engine: EngineClient) => Promise<void>): Promise<void> {
    if (!client || pending.value !== null) return;
    pending.value = kind;
    try {
      await act(client);
    } catch (error) {
      notices.fail(error);
    } finally {
      pending.value = null;
      adopt();
    }
  }

  /**
   * Starts a run with what is chosen. `prepare` answers whether tasks are given a size rather than a length, or null where
   * there is nothing to start; `failed` is told what the engine says no to, and answers whether it took it.
   */
  async function start(
    prepare: () => Promise<{ bySize: boolean } | null>,
    failed: (error: unknown) => boolean,
  ): Promise<void> {
    if (isActive(latest) || total.value === 0) return;
    await attempt('start', async (engine) => {
      const ready = await prepare();
      if (ready === null || total.value === 0) return;
      const given = settings(ready.bySize);
      const state = await engine.call('startRun', given).catch((error: unknown) => {
        if (failed(error)) return null;
        throw error;
      });
      if (state === null) return;
      // Its own events may have come before the answer and be newer.
      if (latest?.id !== state.id) apply(state);
      const moved = keysOf({ ...asked.value, ...given.workers }).filter(
        (executor) => asked.value[executor] !== given.workers[executor],
      );
      if (moved.length > 0)
        updates.push(Object.fromEntries(moved.map((executor) => [executor, desired.value[executor] ?? 0])));
    });
  }

  async function stop(): Promise<void> {
    if (!isActive(latest)) return;
    await attempt('stop', async (engine) => {
      apply(await engine.call('stopRun', null));
    });
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
  }: Pick<RunState['settings'], 'workload' | 'workloadSettings' | 'python' | 'taskMs'>): void {
    workload.value = of;
    choices.value.taskMs = taskMs ?? choices.value.taskMs;
    if (Object.keys(workloadSettings).length > 0) choices.value.workloadSettings[of] = { ...workloadSettings };
    if (python) choices.value.python = { executable: python.executable, startMethod: python.startMethod ?? undefined };
  }

  /** Starts over from the state of the engine. */
  function load(
    engine: EngineClient,
    state: { run: RunState | null; workload: string; workers: ByExecutor<number> },
  ): void {
    client = engine;
    const first = workload.value === '';
    if (first) {
      workload.value = state.run?.settings.workload ?? state.workload;
      desired.value = { ...state.workers, ...state.run?.settings.workers };
    }
    if (state.run && (first || isActive(state.run))) {
      takeTasks(state.run.settings);
      choices.value.deadlineMs = state.run.settings.deadlineMs ?? choices.value.deadlineMs;
    }
    apply(state.run);
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
    pending,
    active,
    total,
    apply,
    resized,
    publish,
    setCount,
    nudge,
    ensureSome,
    setWorkloadSetting,
    taskSettings,
    takeTasks,
    start,
    stop,
    load,
  };
});
