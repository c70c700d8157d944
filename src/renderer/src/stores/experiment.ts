import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  EngineClient,
  ExperimentKind,
  ExperimentSettings,
  ExperimentState,
  MachineInfo,
  Report,
} from '../../../contract';
import { useNotices } from './notices';

export type StateOf<K extends ExperimentKind> = Extract<ExperimentState, { kind: K }>;
export type ReportOf<K extends ExperimentKind> = Extract<Report, { kind: K }>;

type States = { [K in ExperimentKind]?: StateOf<K> };
type Reports = { [K in ExperimentKind]?: ReportOf<K> };

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
  const pending = ref<'start' | 'stop' | null>(null);

  let client: EngineClient | null = null;
  let machine: MachineInfo | null = null;
  let latest: ExperimentState | null = null;
  /** Reports that were asked for, and kinds whose last report was. */
  const asked = new Set<string>();

  const active = computed(() => (newest.value !== null && newest.value.outcome === null ? newest.value : null));

  function stateOf<K extends ExperimentKind>(kind: K): StateOf<K> | null {
    return (states.value[kind] as StateOf<K> | undefined) ?? null;
  }
  /** The report to be shown: of the last experiment of a kind, none while one is on. */
  function reportOf<K extends ExperimentKind>(kind: K): ReportOf<K> | null {
    const report: Report | undefined = reports.value[kind];
    const state: ExperimentState | undefined = states.value[kind];
    return report && (!state || state.reportId === report.id) ? (report as ReportOf<K>) : null;
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
    if (report && report.kind !== 'live') reports.value = { ...reports.value, [report.kind]: report };
  }

  /** Takes the newest state, and its report once it has ended. */
  function apply(state: ExperimentState | null): void {
    latest = state;
    if (state?.reportId && state.outcome !== null) void take(state.reportId);
  }

  /** Shows what has come; called once a frame. */
  function publish(): void {
    if (newest.value === latest) return;
    newest.value = latest;
    if (latest) states.value = { ...states.value, [latest.kind]: latest };
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
    if (states.value[kind] || latest?.kind === kind) return;
    const report = await lastSaved({ kind });
    if (report?.kind === kind && !states.value[kind]) reports.value = { ...reports.value, [kind]: report };
  }

  async function attempt(
    what: 'start' | 'stop',
    act: (engine: EngineClient) => Promise<ExperimentState>,
  ): Promise<void> {
    if (!client || pending.value !== null) return;
    pending.value = what;
    try {
      const state = await act(client);
      // Its own events may have come before the answer and be newer.
      if (latest?.id !== state.id || what === 'stop') apply(state);
      publish();
    } catch (error) {
      notices.fail(error);
    } finally {
      pending.value = null;
    }
  }
  const start = (settings: ExperimentSettings): Promise<void> =>
    attempt('start', (engine) => engine.call('startExperiment', settings));
  const stop = (): Promise<void> => attempt('stop', (engine) => engine.call('stopExperiment', null));

  /** Starts over from the state of the engine. */
  function load(engine: EngineClient, state: { experiment: ExperimentState | null; machine: MachineInfo }): void {
    client = engine;
    machine = state.machine;
    apply(state.experiment);
  }

  return { newest, active, pending, reports, stateOf, reportOf, apply, publish, lastSaved, recall, start, stop, load };
});
