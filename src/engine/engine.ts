import {
  CoreloomError,
  entriesOf,
  errorInfo,
  isPython,
  plainIn,
  type EngineEvent,
  type EngineState,
  type ExperimentSettings,
  type ExperimentState,
  type LiveReport,
  type LiveSettings,
  type MachineInfo,
  type Reply,
  type Report,
  type RunState,
} from '../contract';
import { chooseModule, NO_MODULES } from './custom/host';
import { Modules } from './custom/modules';
import { dispatch, type Handlers } from './commands/dispatch';
import type { Engine, EngineOptions } from './engine-options';
import type { ExecutorEvent } from './executor';
import { createExperiments, type Experiments } from './experiments';
import { emptyBlocks } from './kinds/live/blocks';
import { printAfterRun } from './kinds/live/lines';
import { startLiveRun } from './kinds/live/live-run';
import type { NodeExecutor } from './kinds/shared/crew';
import type { LiveRun } from './kinds/live/options';
import { createHistory, type History } from './reports/history';
import { createKeeping, type Keeping } from './keeping';
import { believable, NO_PRINTER, renderReport } from './reports/any-kind';
import type { ChosenPython } from './python-executors';
import { moduleSource, reportId, workloadSource, type RunSource } from './run-source';
import { createSampleWindow } from './sample-window';
import { checkChange, sliders } from './settings';
import { workloads } from './workload/registry';

export type { Engine, EngineOptions } from './engine-options';

/** Composes pools, sampler and store into an engine; the sampler starts at once. */
export function createEngine(options: EngineOptions): Engine {
  return new ComposedEngine(options);
}

const closing = (): CoreloomError => new CoreloomError('pool-closed', 'Coreloom is closing and cannot start a run.');

class ComposedEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #samples = createSampleWindow();
  readonly #machine: () => Promise<MachineInfo>;
  readonly #handlers: Handlers;
  readonly #history: History;
  readonly #keeping: Keeping;
  readonly #modules: Modules;
  #droppedEvents = 0;
  #active: LiveRun | null = null;
  /** Executors that take part in the active run, or may. */
  #taking: EngineState['executors']['available'] = [];
  #starting: Promise<RunState> | null = null;
  #looked = false;
  #ending: Promise<void> = Promise.resolve();
  /** The last run, so that a client that comes later sees it, and its report even where it could not be saved. */
  #last: { run: RunState; report: LiveReport; live: LiveRun } | null = null;
  readonly #experiments: Experiments;
  #closing: Promise<void> | null = null;
  #tellClosing: () => void = () => {};
  readonly #closeAsked = new Promise<void>((resolve) => (this.#tellClosing = resolve));

  constructor(options: EngineOptions) {
    this.#options = options;
    // The sampler keeps what it read, and reads again where that failed.
    this.#machine = async () => plainIn({ ...(await options.sampler.machine()), versions: options.versions });
    this.#machine().catch(() => {});
    this.#modules = new Modules({
      runtimes: options.moduleRuntimes ?? [],
      // A host may wait for its user forever; an engine that closes does not.
      authorize: (path) =>
        Promise.race([options.modules?.authorizeModule(path) ?? false, this.#closeAsked.then(() => false)]),
    });
    this.#keeping = createKeeping(options, (event) => this.#emit(event));
    this.#history = createHistory({
      store: options.store,
      kept: (id) => this.#kept(id),
      changed: () => this.#emit({ type: 'reports-changed' }),
    });
    this.#handlers = {
      getState: () => this.#state(),
      startRun: (settings) => this.#start(settings),
      updateRun: ({ workers }) => this.#update(workers),
      stopRun: (cause) => this.#stop(cause ?? { interrupted: false }),
      startExperiment: (settings) => this.#experiment(settings),
      stopExperiment: () => this.#experiments.stop(),
      ...this.#history,
      listModules: () => options.modules?.offer() ?? NO_MODULES,
      chooseModule: () => chooseModule(options.modules),
      inspectModule: ({ module }) => this.#modules.info(module),
      exportReport: async ({ id, format }) =>
        options.saveReport(
          await renderReport(
            await this.#history.getReport({ id }),
            format,
            options.printPdf ? { printPdf: options.printPdf } : NO_PRINTER,
          ),
        ),
    };
    this.#experiments = createExperiments({
      engine: options,
      modules: this.#modules,
      machine: this.#machine,
      emit: (event) => this.#emit(event),
      keeping: this.#keeping,
    });
    options.sampler.on((sample) => {
      if (!this.busy()) options.sampler.rest();
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
    return this.#active !== null || this.#starting !== null || this.#experiments.busy();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #executorEvent({ name }: NodeExecutor, event: ExecutorEvent): void {
    if (event.type === 'resized')
      this.#emit({ type: 'pool-changed', executor: name, desired: event.desired, live: event.live });
    if (event.type === 'warning') this.#emit({ type: 'warning', warning: event.warning });
  }

  #availability(): EngineState['executors'] {
    const { executors, python } = this.#options;
    const found = python?.availability();
    return {
      ...found,
      available: [...executors.map((executor) => executor.name), ...(found?.available ?? [])],
      unavailable: found?.unavailable ?? {},
    };
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
    const wanted = entriesOf(workers).flatMap(([name, count]) => (count > 0 && isPython(name) ? [name] : []));
    if (python === undefined) return null;
    if (wanted.length === 0) {
      // A page has it looked for: the run waits for the end of that, and may then be given Python's workers as well.
      await python.settled();
      if (python.availability().available.length === 0) return null;
    }
    return python.choose(choice, wanted);
  }

  async #state(): Promise<EngineState> {
    const machine = await this.#machine();
    const live = this.#active ?? this.#last?.live;
    if (this.#options.host !== 'terminal') this.#lookForPython();
    return {
      machine,
      workloads: workloads.map((workload) => workload.info),
      sliders: sliders(machine.limits),
      executors: this.#availability(),
      run: this.#active?.state() ?? this.#last?.run ?? null,
      experiment: this.#experiments.state(),
      recovered: await this.#keeping.recovered,
      samples: this.#samples.all(),
      ...(live?.recent() ?? { blocks: emptyBlocks(), rates: { atMs: [], byExecutor: {}, locks: [] }, lines: [] }),
      sampler: { hz: this.#options.sampler.hz },
    };
  }

  #experiment(settings: ExperimentSettings): Promise<ExperimentState> {
    this.#assertFree();
    return this.#experiments.start(settings, this.#ready());
  }

  #assertFree(): void {
    if (this.#closing) throw closing();
    if (this.busy()) throw new CoreloomError('run-active', 'A run is in progress: stop it before you start another.');
  }

  async #start(settings: LiveSettings): Promise<RunState> {
    this.#assertFree();
    this.#starting = this.#begin(settings);
    try {
      return await this.#starting;
    } finally {
      this.#starting = null;
    }
  }

  async #begin(settings: LiveSettings): Promise<RunState> {
    const source = await this.#source(settings);
    const machine = await this.#machine();
    await this.#ready();
    if (this.#closing) {
      await source.close?.();
      throw closing();
    }
    const unlisten = source.own.map((executor) => executor.on((event) => this.#executorEvent(executor, event)));
    this.#taking = source.executors.map((executor) => executor.name);
    // One that was given up is asked for again; what becomes of it comes as a warning.
    this.#options.sampler.start().catch(() => {});
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
    const journal = this.#keeping.journal();
    journal.follow(() => live.soFar());
    this.#ending = live.ended.then(async (report) => {
      const endLines = printAfterRun(source.own, (event) => this.#emit(event));
      await source.close?.();
      endLines();
      for (const off of unlisten) off();
      await journal.close();
      await this.#ended(live, believable(plainIn(report)));
    });
    return live.state();
  }

  /** What a run is made of. A module comes with executors of its own, which end with the run. */
  async #source(settings: LiveSettings): Promise<RunSource> {
    if (settings.module !== undefined) return moduleSource(settings, settings.module, this.#modules);
    const python = await this.#python(settings);
    return workloadSource(settings, {
      executors: [...this.#options.executors, ...(python?.executors ?? [])],
      python: python?.used,
      hostThreads: this.#options.hostThreads,
    });
  }

  /** A run that is about to start counts as there: who asked for it may change or stop it before the answer. */
  async #started(): Promise<LiveRun | null> {
    await this.#starting?.catch(() => {});
    return this.#active;
  }

  async #ended(live: LiveRun, report: LiveReport): Promise<void> {
    this.#last = { run: live.state(), report, live };
    await this.#keeping.save(report);
    this.#active = null;
    this.#emit({ type: 'run-changed', run: this.#last.run });
    this.#emit({ type: 'run-ended', run: this.#last.run });
    this.#emit({ type: 'reports-changed' });
  }

  /** Nothing is under way any more that would disturb a measurement, and it is said if its report cannot be saved. */
  async #ready(): Promise<void> {
    await this.#ending;
    await this.#keeping.ready();
  }

  async #update(workers: LiveSettings['workers']): Promise<RunState> {
    const live = await this.#started();
    if (!live) throw new CoreloomError('no-run', 'Worker counts can be changed only during a run: start one first.');
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

  /** A report that is in memory still, also where it could not be saved. */
  #kept(id: string): Report | null {
    return [this.#last?.report, this.#experiments.lastReport()].find((kept) => kept?.id === id) ?? null;
  }

  async #close(): Promise<void> {
    this.#tellClosing();
    (await this.#started())?.stop({ interrupted: true });
    await Promise.all([this.#ending, this.#experiments.close()]);
    const { executors, baselines = [], python } = this.#options;
    await Promise.allSettled([...[...executors, ...baselines].map((executor) => executor.close()), python?.close()]);
    await this.#options.sampler.stop();
    this.#listeners.clear();
  }
}
