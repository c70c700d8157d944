import {
  CoreloomError,
  errorInfo,
  type EngineEvent,
  type EngineState,
  type ExportResult,
  type LiveSettings,
  type MachineInfo,
  type Reply,
  type Report,
  type RunState,
} from '../contract';
import { chooseModule, NO_MODULES, type ModuleHost } from './custom/host';
import { Modules } from './custom/modules';
import type { ModuleRuntime } from './custom/types';
import { dispatch, type Handlers } from './dispatch';
import type { Entries } from './entries';
import type { Executor, ExecutorEvent } from './executor';
import { emptyBlocks } from './experiment/live/blocks';
import { startLiveRun } from './experiment/live/live-run';
import type { NodeExecutor } from './experiment/live/meter';
import type { LiveRun } from './experiment/live/options';
import type { Sampler } from './metrics/types';
import { renderReport } from './report/formats';
import type { ChosenPython, PythonExecutors } from './python-executors';
import type { RenderedReport } from './report/types';
import { moduleSource, reportId, workloadSource, type RunSource } from './run-source';
import { createSampleWindow } from './sample-window';
import { checkChange, sliders } from './settings';
import type { ReportStore } from './store/types';
import { workloads } from './workload/registry';
import type { TaskInput } from './workload/workload';

export interface EngineOptions {
  host: Report['createdBy']['host'];
  versions: MachineInfo['versions'];
  /** The engine feeds and resizes them; it closes them when it is closed. */
  executors: readonly Executor<TaskInput, number>[];
  /** Looked for when a client or a run asks. */
  python?: PythonExecutors;
  sampler: Sampler;
  store: ReportStore;
  entries: Pick<Entries, 'httpServer'>;
  /** How this host ends an export: a dialog, a download, a file. */
  saveReport(rendered: RenderedReport): Promise<ExportResult>;
  /** What runs modules of the user, one for each language; none where not given. */
  moduleRuntimes?: readonly ModuleRuntime[];
  /** Which of the user's files this host lets run; none where not given. */
  modules?: ModuleHost;
}

/** Everything that runs and measures, behind commands and events; knows no host. */
export interface Engine {
  /** Validates the untrusted name and argument, runs the command, answers its result or error. Never rejects. */
  call(name: unknown, argument: unknown): Promise<Reply<unknown>>;
  /** Subscribes to events; returns the unsubscriber. */
  on(listener: (event: EngineEvent) => void): () => void;
  /** A host tells that it left out events for a slow client; reports say how many. */
  dropped(events: number): void;
  /** Whether a run is on. */
  busy(): boolean;
  /** Ends an active run (its report is kept), then every worker and child process. Idempotent. */
  close(): Promise<void>;
}

/** Composes pools, sampler and store into an engine; the sampler starts at once. */
export function createEngine(options: EngineOptions): Engine {
  return new ComposedEngine(options);
}

const closing = (): CoreloomError => new CoreloomError('pool-closed', 'Coreloom is closing and starts no run any more.');

class ComposedEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #samples = createSampleWindow();
  readonly #machine: Promise<MachineInfo>;
  readonly #handlers: Handlers;
  readonly #modules: Modules;
  #droppedEvents = 0;
  #active: LiveRun | null = null;
  /** Executors that take part in the active run, or may. */
  #taking: EngineState['executors']['available'] = [];
  #starting: Promise<RunState> | null = null;
  #looked = false;
  #ending: Promise<void> = Promise.resolve();
  /** The last run, so that a client that comes later sees it, and its report even where it could not be saved. */
  #last: { run: RunState; report: Report; live: LiveRun } | null = null;
  #closing: Promise<void> | null = null;
  #tellClosing: () => void = () => {};
  readonly #closeAsked = new Promise<void>((resolve) => (this.#tellClosing = resolve));

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#machine = options.sampler.machine().then((machine) => ({ ...machine, versions: options.versions }));
    this.#machine.catch(() => {});
    this.#modules = new Modules({
      runtimes: options.moduleRuntimes ?? [],
      // A host may wait for its user for ever: an engine that closes does not.
      authorize: (path) => Promise.race([options.modules?.authorizeModule(path) ?? false, this.#closeAsked.then(() => false)]),
    });
    this.#handlers = {
      getState: () => this.#state(),
      startRun: (settings) => this.#start(settings),
      updateRun: ({ workers }) => this.#update(workers),
      stopRun: (cause) => this.#stop(cause ?? { interrupted: false }),
      listReports: () => options.store.list(),
      getReport: ({ id }) => this.#report(id),
      listModules: () => options.modules?.offer() ?? NO_MODULES,
      chooseModule: () => chooseModule(options.modules),
      inspectModule: ({ module }) => this.#modules.info(module),
      exportReport: async ({ id, format }) => options.saveReport(renderReport(await this.#report(id), format)),
    };
    options.sampler.on((sample) => {
      this.#samples.add(sample);
      this.#emit({ type: 'sample', sample });
    });
    options.sampler.onWarning((warning) => this.#emit({ type: 'warning', warning }));
    options.sampler.start().catch((error: unknown) => {
      // An engine that is closed before the first sample has nothing to warn of.
      if (!this.#closing) this.#emit({ type: 'warning', warning: errorInfo(error) });
    });
    for (const executor of options.executors) {
      executor.on((event) => this.#executorEvent(executor, event));
    }
    options.python?.on((executor, event) => this.#executorEvent(executor, event));
  }

  call(name: unknown, argument: unknown): Promise<Reply<unknown>> {
    return dispatch(this.#handlers, name, argument);
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dropped(events: number): void {
    this.#droppedEvents += events;
  }

  busy(): boolean {
    return this.#active !== null || this.#starting !== null;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #executorEvent({ name }: NodeExecutor, event: ExecutorEvent): void {
    if (event.type === 'resized') this.#emit({ type: 'pool-changed', executor: name, desired: event.desired, live: event.live });
    if (event.type === 'warning') this.#emit({ type: 'warning', warning: event.warning });
  }

  #availability(): EngineState['executors'] {
    const { executors, python } = this.#options;
    const found = python?.availability();
    return { ...found, available: [...executors.map((executor) => executor.name), ...(found?.available ?? [])], unavailable: found?.unavailable ?? {} };
  }

  /** A client wants to see everything: also which Pythons there are. Not while a run is on, since looking takes a core. */
  #lookForPython(): void {
    const { python } = this.#options;
    if (python === undefined || this.#looked || this.busy()) return;
    this.#looked = true;
    void python.look().then(() => this.#emit({ type: 'executors-changed', executors: this.#availability() }));
  }

  /** The Python of a run that wants one, or that may be given one while it is on. */
  async #python({ workers, python: choice = {} }: LiveSettings): Promise<ChosenPython | null> {
    const { python } = this.#options;
    const wanted = Object.entries(workers).flatMap(([name, count]) => (count > 0 && name.startsWith('python-') ? [name] : []));
    if (python === undefined || (wanted.length === 0 && python.availability().available.length === 0)) {
      await python?.settled();
      return null;
    }
    return python.choose(choice, wanted);
  }

  async #state(): Promise<EngineState> {
    const machine = await this.#machine;
    const live = this.#active ?? this.#last?.live;
    if (this.#options.host !== 'terminal') this.#lookForPython();
    return {
      machine,
      workloads: workloads.map((workload) => workload.info),
      sliders: sliders(machine.limits),
      executors: this.#availability(),
      run: this.#active?.state() ?? this.#last?.run ?? null,
      samples: this.#samples.all(),
      ...(live?.recent() ?? { blocks: emptyBlocks(), rates: { atMs: [], byExecutor: {} }, lines: [] }),
      sampler: { hz: this.#options.sampler.hz },
    };
  }

  async #start(settings: LiveSettings): Promise<RunState> {
    if (this.#closing) throw closing();
    if (this.busy()) throw new CoreloomError('run-active', 'A run is on: stop it before starting another.');
    this.#starting = this.#begin(settings);
    try {
      return await this.#starting;
    } finally {
      this.#starting = null;
    }
  }

  async #begin(settings: LiveSettings): Promise<RunState> {
    const source = await this.#source(settings);
    const machine = await this.#machine;
    await this.#ending;
    if (this.#closing) {
      await source.close?.();
      throw closing();
    }
    const unlisten = source.close === undefined ? [] : source.executors.map((executor) => executor.on((event) => this.#executorEvent(executor, event)));
    this.#taking = source.executors.map((executor) => executor.name);
    const live = startLiveRun({
      ...source,
      id: reportId(source.workload.info.name),
      sampler: this.#options.sampler,
      machine,
      createdBy: { host: this.#options.host, coreloom: this.#options.versions.coreloom },
      emit: (event) => this.#emit(event),
      droppedEvents: () => this.#droppedEvents,
      entries: this.#options.entries,
    });
    this.#active = live;
    this.#ending = live.ended.then(async (report) => {
      await source.close?.();
      for (const off of unlisten) off();
      await this.#ended(live, report);
    });
    return live.state();
  }

  /** What a run is made of. A module comes with executors of its own, which end with the run. */
  async #source(settings: LiveSettings): Promise<RunSource> {
    if (settings.module !== undefined) return moduleSource(settings, settings.module, this.#modules);
    const python = await this.#python(settings);
    return workloadSource(settings, [...this.#options.executors, ...(python?.executors ?? [])], python?.used);
  }

  /** A run that is about to start counts as there: who asked for it may change or stop it before the answer. */
  async #started(): Promise<LiveRun | null> {
    await this.#starting?.catch(() => {});
    return this.#active;
  }

  /** Keeps the report on disk, or in memory where that fails: nothing that was measured is lost. */
  async #ended(live: LiveRun, report: Report): Promise<void> {
    this.#last = { run: live.state(), report, live };
    try {
      await this.#options.store.save(report);
    } catch (error) {
      const { code, message } = errorInfo(error);
      this.#emit({ type: 'warning', warning: { code, message: `${message} The report is kept until Coreloom ends: export it now.` } });
    }
    this.#active = null;
    this.#emit({ type: 'run-changed', run: this.#last.run });
    this.#emit({ type: 'run-ended', run: this.#last.run });
    this.#emit({ type: 'reports-changed' });
  }

  async #update(workers: LiveSettings['workers']): Promise<RunState> {
    const live = await this.#started();
    if (!live) throw new CoreloomError('no-run', 'There is no run whose worker counts could change: start one.');
    live.resize(checkChange(workers, this.#taking));
    return live.state();
  }

  async #stop(cause: { interrupted: boolean }): Promise<RunState> {
    const live = await this.#started();
    if (!live) throw new CoreloomError('no-run', 'There is no run to stop.');
    live.stop(cause);
    await this.#ending;
    return this.#last?.run ?? live.state();
  }

  async #report(id: string): Promise<Report> {
    if (this.#last?.report.id === id) return this.#last.report;
    return this.#options.store.load(id);
  }

  async #close(): Promise<void> {
    this.#tellClosing();
    (await this.#started())?.stop({ interrupted: true });
    await this.#ending;
    await Promise.allSettled([...this.#options.executors.map((executor) => executor.close()), this.#options.python?.close()]);
    await this.#options.sampler.stop();
    this.#listeners.clear();
  }
}
