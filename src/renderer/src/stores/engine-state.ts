import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import {
  entriesOf,
  MODULE_WORKLOAD,
  recoveredWords,
  type ByExecutor,
  type EngineEvent,
  type EngineState,
  type LastChoices,
  type ModuleInfo,
  type ReportFormat,
  type ReportSummary,
  type ExperimentState,
  type WorkloadInfo,
} from '../../../contract';
import type { ConnectedClient, Connection } from '../client/connection';
import type { Frames } from '../client/frames';
import { createEngineClock, type EngineClock } from '../charts/engine-clock';
import { useAppSettings } from './app-settings';
import { useExperiment } from './experiment';
import { useHistory } from './history';
import { keepContent } from './keep-content';
import { useModules } from './modules';
import { useNotices } from './notices';
import { useRun } from './run';
import { useSamples } from './samples';
import { useTimeline } from './timeline';

/** What does not change while the engine lives. */
export type EngineFacts = Pick<EngineState, 'machine' | 'workloads' | 'sliders' | 'executors' | 'sampler'>;

/** A module as a workload, as far as a page needs it; without sizes of its own it is given a size, and not a length. */
function asWorkload({ title, kind, summary, size, sized }: ModuleInfo): WorkloadInfo {
  return {
    name: MODULE_WORKLOAD,
    title,
    kind,
    tag: 'your module',
    summary,
    exercises: '',
    size,
    settings: [],
    releasesLock: null,
    prints: !sized,
  };
}

/** What a page begins with: what was last chosen, as far as it is there now; a file of the user's is chosen again. */
function firstChoices(
  { workloads, sliders, executors }: EngineState,
  last: LastChoices | null,
): { workload: string; workers: ByExecutor<number>; chosen: LastChoices | null } {
  const known = workloads.find(({ name }) => name === last?.workload);
  const there = entriesOf(last?.workers ?? {}).filter(([executor]) => executors.available.includes(executor));
  return {
    workload: (known ?? workloads[0])?.name ?? '',
    workers: { ...sliders.defaults.node, ...Object.fromEntries(there) },
    chosen: last,
  };
}

/** The engine as this page knows it; hands every event to the store it belongs to. */
export const useEngine = defineStore('engine', () => {
  const notices = useNotices();
  const samples = useSamples();
  const timeline = useTimeline();
  const runs = useRun();
  const experiments = useExperiment();
  const modules = useModules();
  const saved = useHistory();
  const appSettings = useAppSettings();

  const connection = shallowRef<Connection>({ state: 'connecting' });
  const facts = shallowRef<EngineFacts | null>(null);
  const selected = computed(() => {
    if (runs.isModule) return runs.module ? asWorkload(runs.module) : null;
    return facts.value?.workloads.find((one) => one.name === runs.workload) ?? null;
  });
  /** A module that was just chosen, or a Python that was just found, can be started with a press. */
  watch(
    () => [runs.isModule, runs.module, facts.value?.executors],
    () => {
      const { executors, sliders } = facts.value ?? {};
      if (!runs.isModule || !runs.module || !executors || !sliders) return;
      const { node, python } = sliders.defaults;
      runs.ensureSome(
        runs.module.executors.filter((one) => executors.available.includes(one)),
        { ...node, ...python },
      );
    },
  );

  let client: ConnectedClient | null = null;
  let frames: Frames | null = null;
  let asked = false;
  /** Events that come before the state they belong to. */
  let early: EngineEvent[] | null = null;
  let clock: EngineClock = createEngineClock(() => 0);

  function publish(): void {
    asked = false;
    const nowMs = frames?.now() ?? 0;
    samples.publish(nowMs);
    experiments.publish();
    runs.publish(nowMs);
    timeline.publish();
  }
  function ask(): void {
    if (asked || !frames) return;
    asked = true;
    frames.request(publish);
  }

  function takeState(state: ExperimentState): void {
    experiments.apply(state);
    if (state.kind !== 'live') return;
    runs.adopt();
    timeline.follow(state.id);
    timeline.addRates(state);
  }

  /** Once each, however often the state is loaded. */
  const told = new Set<string>();
  function tellRecovered(reports: readonly ReportSummary[]): void {
    for (const report of reports) {
      if (!told.has(report.id)) notices.show('warning', recoveredWords(report));
      told.add(report.id);
    }
  }

  function take(event: EngineEvent): void {
    switch (event.type) {
      case 'sample':
        clock.observe(event.sample.atMs);
        samples.add(event.sample);
        break;
      case 'pool-changed':
        runs.resized(event.executor, { desired: event.desired, live: event.live });
        break;
      case 'blocks':
        timeline.addBlocks(event.blocks);
        break;
      case 'lines':
        timeline.addLines(event.lines);
        break;
      case 'experiment-changed':
      case 'experiment-ended':
        takeState(event.experiment);
        break;
      case 'warning':
        notices.show('warning', event.warning.message);
        break;
      case 'app-settings-changed':
        appSettings.take(event.settings);
        break;
      case 'executors-changed':
        if (facts.value) facts.value = { ...facts.value, executors: event.executors };
        break;
      case 'module-offered':
        // A report’s file is read by the view of the history, where it was dropped.
        if (!event.path.toLowerCase().endsWith('.json')) void modules.open(event.path);
        break;
      case 'page-cost':
        samples.notePageCost(event.share);
        break;
      case 'reports-changed':
        saved.reload();
        break;
      case 'reports-recovered':
        tellRecovered(event.reports);
        break;
    }
    ask();
  }

  function loadState(state: EngineState, engine: ConnectedClient): void {
    const { machine, workloads, sliders, executors, sampler } = state;
    facts.value = { machine, workloads, sliders, executors, sampler };
    samples.load(state.samples);
    experiments.load(engine, state);
    runs.load(engine, firstChoices(state, appSettings.values.last));
    const run = experiments.latestOf('live');
    timeline.clear();
    timeline.follow(run?.id ?? null);
    if (run && state.recent) timeline.load(state.recent, run);
    saved.attach(engine);
    tellRecovered(state.recovered);
    void modules.load(engine, run?.settings.module);
    const newest = state.samples.at(-1);
    if (newest) clock.observe(newest.atMs);
  }

  /** Asks for the whole state; also in the middle of a run, after a reload or a lost connection. */
  async function load(engine: ConnectedClient): Promise<void> {
    early = [];
    try {
      const [state] = await Promise.all([engine.call('getState', null), appSettings.load(engine)]);
      loadState(state, engine);
    } catch (error) {
      notices.fail(error);
    }
    const waiting = early;
    early = null;
    for (const event of waiting) take(event);
    ask();
  }

  /** Takes up the engine; call once. */
  function attach(to: ConnectedClient, pageFrames: Frames): void {
    client = to;
    frames = pageFrames;
    clock = createEngineClock(() => pageFrames.now());
    to.on((event) => {
      if (early) early.push(event);
      else take(event);
    });
    to.onConnection((next) => {
      connection.value = next;
      if (next.state === 'open') void load(to);
    });
  }

  /** Renders a saved report; the host keeps it, or this page does. */
  async function exportReport(id: string, format: ReportFormat): Promise<void> {
    if (!client) return;
    try {
      const result = await client.call('exportReport', { id, format });
      if (result.state === 'saved') notices.show('information', `Saved to ${result.path}`);
      if (result.state === 'content') keepContent(result);
    } catch (error) {
      notices.fail(error);
    }
  }

  /** The engine's now on its own clock, ms; null before the first sample. */
  const nowMs = (): number | null => clock.now();

  return { connection, facts, selected, attach, exportReport, nowMs };
});
