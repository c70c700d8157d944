import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  EngineClient,
  EngineState,
  ExperimentKind,
  ExperimentState,
  MachineInfo,
  Report,
  SavedReport,
  SettingsOf,
  StateOf,
} from '../../../contract';
import { useNotices } from './notices';
import { shownOf, type ShownOf } from './shown-reports';

type States = { [K in ExperimentKind]?: StateOf<K> };
type Reports = { [K in ExperimentKind]?: ShownOf<K> };
type Act = 'start' | 'stop';

/** Whether two machines are one as far as a report tells. */
function sameMachine(one: MachineInfo, other: MachineInfo): boolean {
  return one.cpuModel === other.cpuModel && one.hardwareThreads === other.hardwareThreads && one.os === other.os;
}

/** The experiment that is on, and the last one of every kind with its report. */
export const useExperiment = defineStore('experiment', () => {
  const notices = useNotices();
  /** The active one, or the last one that ended, once a frame. */
  const newest = shallowRef<ExperimentState | null>(null);
  const states = shallowRef<States>({});
  const reports = shallowRef<Reports>({});
  /** What was asked of the engine and is not answered yet. */
  const asking = ref<{ act: Act; kind: ExperimentKind } | null>(null);

  let client: EngineClient | null = null;
  let machine: MachineInfo | null = null;
  let latest: ExperimentState | null = null;
  /** States as they came, which are not shown yet. */
  let arrived: States = {};
  /** Reports that were asked for, and kinds whose last report was. */
  const asked = new Set<string>();

  const active = computed(() => (newest.value !== null && newest.value.outcome === null ? newest.value : null));

  function stateOf<K extends ExperimentKind>(kind: K): StateOf<K> | null {
    return (states.value[kind] as StateOf<K> | undefined) ?? null;
  }
  /** The same as it came last, also before it is shown. */
  function latestOf<K extends ExperimentKind>(kind: K): StateOf<K> | null {
    return (arrived[kind] as StateOf<K> | undefined) ?? null;
  }
  /** Whether an experiment of a kind is being started or stopped. */
  function pendingOf(kind: ExperimentKind): Act | null {
    return asking.value?.kind === kind ? asking.value.act : null;
  }
  /** The report to be shown: of the last experiment of a kind, none while one is on. */
  function reportOf<K extends ExperimentKind>(kind: K): ShownOf<K> | null {
    const report = reports.value[kind] as ShownOf<K> | undefined;
    const state: ExperimentState | undefined = states.value[kind];
    return report && (!state || state.reportId === report.id) ? report : null;
  }
  function show(report: Report): void {
    reports.value = { ...reports.value, [report.kind]: shownOf(report) };
  }

  /** Shows a report in the view of its kind, as if it were the last one; not while one of that kind is on. */
  function open(report: Report): void {
    if (active.value?.kind === report.kind) return;
    arrived = { ...arrived, [report.kind]: undefined };
    states.value = { ...states.value, [report.kind]: undefined };
    show(report);
  }

  async function fetchReport(id: string): Promise<Report | null> {
    if (!client || asked.has(id)) return null;
    asked.add(id);
    try {
      return await client.call('getReport', { id });
    } catch (error) {
      asked.delete(id);
      notices.fail(error);
      return null;
    }
  }
  async function take(id: string): Promise<void> {
    const report = await fetchReport(id);
    if (report) show(report);
  }

  /** Takes the newest state, and its report once it has ended. */
  function apply(state: ExperimentState): void {
    latest = state;
    arrived = { ...arrived, [state.kind]: state };
    if (state.reportId && state.outcome !== null) void take(state.reportId);
  }

  /** Shows what has come; called once a frame. */
  function publish(): void {
    if (newest.value === latest) return;
    newest.value = latest;
    states.value = arrived;
  }

  /** The last saved reports of a kind, the newest first. */
  async function saved(kind: ExperimentKind, limit: number): Promise<readonly SavedReport[]> {
    try {
      return (await client?.call('listReports', { kind, limit }))?.reports ?? [];
    } catch (error) {
      notices.fail(error);
      return [];
    }
  }
  /** A saved report; null where it cannot be read, which is said. */
  async function fetch(id: string): Promise<Report | null> {
    try {
      return (await client?.call('getReport', { id })) ?? null;
    } catch (error) {
      notices.fail(error);
      return null;
    }
  }

  /** The last saved report that fits, of this machine: brought from elsewhere, it would say nothing here. Asked for once. */
  async function lastSaved(query: { kind: ExperimentKind; search?: string }): Promise<Report | null> {
    const key = `${query.kind} ${query.search ?? ''}`;
    if (!client || asked.has(key)) return null;
    asked.add(key);
    try {
      const {
        reports: [last],
      } = await client.call('listReports', { ...query, limit: 1 });
      const report = last ? await fetchReport(last.id) : null;
      return report !== null && machine !== null && sameMachine(report.machine, machine) ? report : null;
    } catch (error) {
      notices.fail(error);
      return null;
    }
  }
  /** Shows the last saved report of a kind where this page knows of none: the one that any client would show. */
  async function recall(kind: ExperimentKind): Promise<void> {
    if (arrived[kind]) return;
    const report = await lastSaved({ kind });
    if (report?.kind === kind && !states.value[kind]) show(report);
  }

  async function attempt(
    kind: ExperimentKind,
    act: Act,
    call: (engine: EngineClient) => Promise<ExperimentState | null>,
  ): Promise<ExperimentState | null> {
    if (!client || asking.value !== null) return null;
    asking.value = { act, kind };
    try {
      const state = await call(client);
      // Its own events may have come before the answer and be newer.
      if (state !== null && (latest?.id !== state.id || act === 'stop')) apply(state);
      publish();
      return state;
    } catch (error) {
      notices.fail(error);
      return null;
    } finally {
      asking.value = null;
    }
  }
  /**
   * Starts an experiment with the settings that `prepare` answers; null where there is nothing to start. `refused` is told
   * what the engine says no to, and answers whether it took it. Answers whether it was started.
   */
  async function start<K extends ExperimentKind>(
    kind: K,
    prepare: () => Promise<SettingsOf<K> | null> | SettingsOf<K>,
    refused: (error: unknown) => boolean = () => false,
  ): Promise<boolean> {
    const state = await attempt(kind, 'start', async (engine) => {
      const settings = await prepare();
      if (settings === null) return null;
      return engine.call('startExperiment', settings).catch((error: unknown) => {
        if (refused(error)) return null;
        throw error;
      });
    });
    return state !== null;
  }
  async function stop(): Promise<void> {
    if (latest?.outcome === null) await attempt(latest.kind, 'stop', (engine) => engine.call('stopExperiment', null));
  }

  /** Starts over from the state of the engine. */
  function load(engine: EngineClient, state: Pick<EngineState, 'experiments' | 'machine'>): void {
    client = engine;
    machine = state.machine;
    for (const one of state.experiments.toReversed()) apply(one);
  }

  return {
    newest,
    active,
    asking,
    stateOf,
    latestOf,
    pendingOf,
    reportOf,
    apply,
    publish,
    open,
    saved,
    fetch,
    lastSaved,
    recall,
    start,
    stop,
    load,
  };
});
