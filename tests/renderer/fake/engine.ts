import {
  CoreloomError,
  errorInfo,
  USUAL_APP_SETTINGS,
  type AppSettingsChange,
  type Bridge,
  type CommandName,
  type EngineEvent,
  type EngineState,
  type ExperimentSettings,
  type ExperimentState,
  type ExportResult,
  type LiveSettings,
  type ReportQuery,
  type LiveState,
  type Sample,
  type TaskBlocks,
  type TaskLine,
} from '../../../src/contract';
import { createCrew, noBlocks, type Crew } from './crew';
import { createFakeExperiments } from './experiments';
import { liveReport } from './live-report';
import { factsOf } from './machine';
import { moduleOf, offerOf } from './modules';
import { FAKE_DEFAULTS, type FakeOptions } from './options';
import { createRandom } from './random';
import { createFakeRates } from './rates';
import { sampleOf } from './samples';

const TICK_MS = 100;
const ORIGIN_MS = 5_000_000;
const CALIBRATION_MS = 400;

/** A deterministic engine on a clock of its own: time passes only by `advance`. */
export interface FakeEngine {
  readonly bridge: Bridge;
  readonly nowMs: number;
  /** Commands as they came. */
  readonly calls: { name: CommandName; argument: unknown }[];
  advance(ms: number): void;
  emit(event: EngineEvent): void;
  state(): EngineState;
  /** Ends the run as if by itself. */
  end(outcome: 'completed' | 'tasks-failed' | 'failed'): void;
  endExperiment(outcome: 'completed' | 'failed'): void;
}

export function createFakeEngine(given: Partial<FakeOptions> = {}): FakeEngine {
  const options: FakeOptions = { ...FAKE_DEFAULTS, ...given };
  const facts = factsOf(options);
  const random = createRandom(options.seed);
  const listeners = new Set<(event: EngineEvent) => void>();
  const calls: FakeEngine['calls'] = [];
  let nowMs = ORIGIN_MS;
  let tick = 0;
  let runs = 0;
  let run: LiveState | null = null;
  let crews: Crew[] = [];
  let samples: Sample[] = [];
  let blocks: TaskBlocks = noBlocks();
  let lines: TaskLine[] = [];
  let rates = createFakeRates();
  let appSettings = USUAL_APP_SETTINGS;

  const emit = (event: EngineEvent): void => {
    for (const listener of listeners) listener(structuredClone(event));
  };
  const experiments = createFakeExperiments({
    machine: facts.machine,
    workloads: facts.workloads,
    saved: options.saved,
    lasting: options.experiment !== null,
    emit,
  });
  const active = (): boolean => run !== null && run.phase !== 'ended';
  const stretch = (): number =>
    Math.max(
      1,
      crews.reduce((sum, crew) => sum + crew.desired, 0) / Math.min(options.cores, options.quotaCpus ?? options.cores),
    );

  /** Python's threads take turns. */
  const locked = (crew: Crew): number => (crew.executor === 'python-threads' ? Math.max(1, crew.desired) : 1);

  function picture(change: Partial<LiveState> = {}): LiveState {
    if (!run) throw new CoreloomError('no-run', 'No run is on; start one first.');
    const executors = crews
      .map((crew) => crew.progress(nowMs))
      .filter((one) => !one.executor.startsWith('python-') || one.desired > 0 || one.live > 0 || one.counts.done > 0);
    const sum = (pick: (counts: LiveState['counts']) => number): number =>
      executors.reduce((total, one) => total + pick(one.counts), 0);
    const live = executors.reduce((total, one) => total + one.live, 0);
    run = {
      ...run,
      elapsedMs: active() ? Math.max(0, nowMs - run.startedMs) : run.elapsedMs,
      executors,
      throughput: executors.reduce((total, one) => total + one.throughput, 0),
      running: executors[0]?.running ?? executors[1]?.running ?? null,
      counts: {
        done: sum((c) => c.done),
        failed: sum((c) => c.failed),
        retried: sum((c) => c.retried),
        cancelled: sum((c) => c.cancelled),
      },
      finding: `Drawn data: ${live} workers keep ${Math.min(live, options.cores)} of ${options.cores} cores busy. More than ${options.cores} would only queue.`,
      ...change,
    };
    return run;
  }

  function assertFree(): void {
    if (active() || experiments.active())
      throw new CoreloomError('run-active', 'A run is on already: stop it before starting another.');
  }

  function begin(settings: ExperimentSettings): ExperimentState {
    assertFree();
    return settings.kind === 'live' ? start(settings) : experiments.start(settings);
  }

  function start(settings: LiveSettings): LiveState {
    crews = facts.executors.available.map((name) => createCrew(name, random));
    for (const crew of crews) crew.resize(settings.workers[crew.executor] ?? 0, nowMs + CALIBRATION_MS);
    blocks = noBlocks();
    lines = [];
    rates = createFakeRates();
    const length =
      settings.workload === 'count'
        ? { size: settings.size ?? 5, taskMs: null, calibratedMs: null }
        : {
            size: 12_000,
            taskMs: settings.taskMs ?? null,
            calibratedMs: settings.taskMs === undefined ? null : settings.taskMs * 1.03,
          };
    run = {
      kind: 'live',
      id: `run-${++runs}`,
      phase: 'calibrating',
      step: 'Calibrating',
      progress: null,
      remainingMs: null,
      settings: {
        workload: settings.workload,
        workers: settings.workers,
        workloadSettings: settings.workloadSettings ?? {},
        prepared: {},
        ...length,
        durationMs: settings.durationMs ?? null,
        tasks: settings.tasks ?? null,
        seed: 1,
        ...(settings.module === undefined
          ? {}
          : { module: settings.module, deadlineMs: settings.deadlineMs ?? 30_000 }),
      },
      startedAt: '2026-01-01T00:00:00.000Z',
      startedMs: nowMs + CALIBRATION_MS,
      elapsedMs: 0,
      executors: [],
      throughput: 0,
      running: null,
      counts: { done: 0, failed: 0, retried: 0, cancelled: 0 },
      finding: '',
      outcome: null,
      failure: null,
      reportId: null,
    };
    return picture();
  }

  function update(workers: Record<string, number>): LiveState {
    if (!active()) throw new CoreloomError('no-run', 'No run is on; start one first.');
    if (run) run = { ...run, settings: { ...run.settings, workers: { ...run.settings.workers, ...workers } } };
    for (const crew of crews) {
      const wanted = workers[crew.executor];
      if (wanted !== undefined) crew.resize(wanted, nowMs);
    }
    return picture();
  }

  function end(outcome: 'completed' | 'tasks-failed' | 'failed'): LiveState {
    if (!active()) throw new CoreloomError('no-run', 'No run is on; start one first.');
    const failure = {
      code: 'checksum-mismatch' as const,
      message: 'Threads and processes disagree on the checksum of input 17: the run proves nothing.',
    };
    const ended = picture({
      phase: 'ended',
      outcome,
      failure: outcome === 'failed' ? failure : null,
      reportId: 'report-1',
    });
    emit({ type: 'experiment-changed', experiment: ended });
    emit({ type: 'experiment-ended', experiment: ended });
    crews = [];
    return ended;
  }

  /** Drops what is older than 10 s. */
  function keepBlocks(fresh: TaskBlocks): void {
    const first = Math.max(
      0,
      blocks.endMs.findIndex((ms) => ms > nowMs - 10_000),
    );
    const join = <T>(old: T[], added: T[]): T[] => [...old.slice(first), ...added];
    blocks = {
      executor: join(blocks.executor, fresh.executor),
      worker: join(blocks.worker, fresh.worker),
      startMs: join(blocks.startMs, fresh.startMs),
      endMs: join(blocks.endMs, fresh.endMs),
      tasks: join(blocks.tasks, fresh.tasks),
      failed: join(blocks.failed, fresh.failed),
    };
  }

  function print(fresh: TaskBlocks): void {
    const printed = fresh.endMs.map((atMs, index) => ({
      executor: fresh.executor[index] ?? 'threads',
      worker: fresh.worker[index] ?? 0,
      atMs,
      text: String(1 + ((lines.length + index) % 5)),
    }));
    lines = [...lines, ...printed].slice(-500);
    if (printed.length > 0) emit({ type: 'lines', lines: printed });
  }

  function step(): void {
    nowMs += TICK_MS;
    tick++;
    if (run && active()) {
      const phase = nowMs < run.startedMs ? 'calibrating' : 'running';
      const prints = run.settings.workload === 'count';
      if (phase === 'running') {
        const fresh = noBlocks();
        const load = {
          taskMs: prints ? 1000 : (run.settings.taskMs ?? 4),
          stretch: prints ? 1 : stretch(),
          failing: options.failing,
        };
        for (const crew of crews)
          for (const [key, values] of Object.entries(
            crew.advance(nowMs, { ...load, stretch: load.stretch * locked(crew) }),
          ))
            (fresh[key as keyof TaskBlocks] as unknown[]).push(...(values as unknown[]));
        keepBlocks(fresh);
        emit({ type: 'blocks', blocks: fresh });
        if (prints) print(fresh);
      }
      emit({ type: 'experiment-changed', experiment: picture({ phase }) });
      if (phase === 'running') rates.add(nowMs, run);
      const { durationMs, tasks } = run.settings;
      if ((durationMs !== null && run.elapsedMs >= durationMs) || (tasks !== null && run.counts.done >= tasks))
        end('completed');
    }
    experiments.step();
    const sample = sampleOf(options, crews, { tick, nowMs, random });
    samples.push(sample);
    if (samples.length > 620) samples = samples.slice(-600);
    emit({ type: 'sample', sample });
  }

  const state = (): EngineState => ({
    ...facts,
    experiments: [run, experiments.state()]
      .filter((one) => one !== null)
      .sort((one, other) => Number(one.outcome !== null) - Number(other.outcome !== null)),
    recovered: [],
    samples,
    recent: run === null ? null : { blocks, rates: rates.table(), lines },
  });
  const content: ExportResult = {
    state: 'content',
    fileName: 'coreloom.html',
    mediaType: 'text/html',
    encoding: 'text',
    text: '<!doctype html>',
  };
  function answer(name: CommandName, argument: unknown): unknown {
    switch (name) {
      case 'getState':
        return state();
      case 'getAppSettings':
        return { values: appSettings, folder: '/home/drawn/.local/share/coreloom', fault: null };
      case 'changeAppSettings':
        appSettings = { ...appSettings, ...(argument as AppSettingsChange) };
        emit({ type: 'app-settings-changed', settings: appSettings });
        return appSettings;
      case 'listModules':
        return offerOf(options.modules);
      case 'chooseModule':
        return options.modules.chosen === null ? null : { path: options.modules.chosen };
      case 'inspectModule':
        return moduleOf(options.modules, (argument as { module: string }).module);
      case 'exportReport':
        return { ...content, fileName: `coreloom.${(argument as { format: string }).format}` };
      case 'listReports':
        return experiments.list(argument as ReportQuery | null);
      case 'getReport':
        return run?.reportId === (argument as { id: string }).id
          ? liveReport(run.reportId, run, options.cores)
          : experiments.report((argument as { id: string }).id);
      case 'startExperiment':
        return begin(argument as ExperimentSettings);
      case 'updateExperiment':
        return update((argument as { workers: Record<string, number> }).workers);
      case 'stopExperiment':
        return active() ? end('completed') : experiments.stop();
    }
  }

  const engine: FakeEngine = {
    bridge: {
      async call(name, argument) {
        calls.push({ name, argument: structuredClone(argument) });
        await Promise.resolve();
        try {
          return { ok: true, value: structuredClone(answer(name, argument)) };
        } catch (error) {
          return { ok: false, error: errorInfo(error) };
        }
      },
      on(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    get nowMs() {
      return nowMs;
    },
    calls,
    advance(ms) {
      for (let passed = 0; passed < ms; passed += TICK_MS) step();
    },
    emit,
    state,
    end: (outcome) => void end(outcome),
    endExperiment: (outcome) => void experiments.end(outcome),
  };
  const idleMs = options.run ? Math.min(options.historyMs, 18_000) : options.historyMs;
  engine.advance(idleMs);
  if (options.run) {
    start(options.run);
    engine.advance(options.historyMs - idleMs);
    if (options.end) end(options.end);
  }
  if (options.experiment) {
    experiments.start(options.experiment);
    engine.advance(1000);
  }
  return engine;
}
