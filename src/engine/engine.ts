import { errorInfo, plainIn, type EngineEvent, type EngineState, type MachineInfo, type Reply } from '../contract';
import { createAppSettings, type AppSettingsKeeper } from './app-settings';
import { chooseModule, NO_MODULES } from './custom/host';
import { Modules } from './custom/modules';
import { dispatch, type Handlers } from './commands/dispatch';
import type { Engine, EngineOptions } from './engine-options';
import type { ExecutorEvent } from './executor';
import { Experiments } from './experiments';
import type { NodeExecutor } from './kinds/shared/staffing';
import { createHistory, type History } from './reports/history';
import { createKeeping, type Keeping } from './keeping';
import { NO_PRINTER, renderReport } from './reports/any-kind';
import { createSampleWindow } from './sample-window';
import { sliders } from './settings';
import { workloads } from './workload/registry';

export type { Engine, EngineOptions } from './engine-options';

/** Composes pools, sampler and store into an engine; the sampler starts at once. */
export function createEngine(options: EngineOptions): Engine {
  return new ComposedEngine(options);
}

class ComposedEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #samples = createSampleWindow();
  readonly #machine: () => Promise<MachineInfo>;
  readonly #handlers: Handlers;
  readonly #history: History;
  readonly #keeping: Keeping;
  readonly #appSettings: AppSettingsKeeper;
  readonly #modules: Modules;
  #droppedEvents = 0;
  #looked = false;
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
    const emit = (event: EngineEvent): void => this.#emit(event);
    this.#keeping = createKeeping(options, emit);
    this.#appSettings = createAppSettings({ file: options.appSettings, sampler: options.sampler }, emit);
    this.#history = createHistory({
      store: options.store,
      kept: (id) => this.#experiments.kept(id),
      changed: () => this.#emit({ type: 'reports-changed' }),
    });
    this.#handlers = {
      getState: () => this.#state(),
      startExperiment: (settings) => this.#experiments.start(settings),
      updateExperiment: (change) => this.#experiments.update(change),
      stopExperiment: (cause) => this.#experiments.stop(cause ?? { interrupted: false }),
      ...this.#history,
      getAppSettings: () => this.#appSettings.read(),
      changeAppSettings: (change) => this.#appSettings.change(change),
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
    this.#experiments = new Experiments({
      engine: options,
      modules: this.#modules,
      machine: this.#machine,
      keeping: this.#keeping,
      appSettings: this.#appSettings,
      emit,
      forward: (executors) => this.#forward(executors),
      droppedEvents: () => this.#droppedEvents,
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
    this.#forward(options.executors);
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
    return this.#experiments.busy();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Tells clients what becomes of the workers of these; answers the function that ends it. */
  #forward(executors: readonly NodeExecutor[]): () => void {
    const off = executors.map((executor) => executor.on((event) => this.#executorEvent(executor, event)));
    return () => {
      for (const end of off) end();
    };
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

  async #state(): Promise<EngineState> {
    const [machine, { values }] = await Promise.all([this.#machine(), this.#appSettings.read()]);
    if (this.#options.host !== 'terminal') this.#lookForPython();
    return {
      machine,
      workloads: workloads.map((workload) => workload.info),
      sliders: sliders(machine.limits, values.workers),
      executors: this.#availability(),
      experiments: this.#experiments.states(),
      recovered: await this.#keeping.recovered,
      samples: this.#samples.all(),
      recent: this.#experiments.recent(),
      sampler: { hz: this.#options.sampler.hz },
    };
  }

  async #close(): Promise<void> {
    this.#tellClosing();
    await this.#experiments.close();
    const { executors, baselines = [], python } = this.#options;
    await Promise.allSettled([...[...executors, ...baselines].map((executor) => executor.close()), python?.close()]);
    await this.#options.sampler.stop();
    this.#listeners.clear();
  }
}
