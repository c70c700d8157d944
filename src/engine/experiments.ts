import {
  CoreloomError,
  isExecutorKey,
  isPython,
  usualOf,
  kindFacts,
  plainIn,
  type ExperimentChange,
  type ExperimentKind,
  type ExperimentSettings,
  type ExperimentState,
  type MachineInfo,
  type PythonChoice,
  type RecentWork,
  type Report,
  type StopCause,
} from '../contract';
import type { AppSettingsKeeper } from './app-settings';
import type { Modules } from './custom/modules';
import type { EngineOptions } from './engine-options';
import type { Journal } from './journal';
import type { Keeping } from './keeping';
import type { Experiment, ExperimentKit } from './kinds/kind';
import { kindOf } from './kinds/kind-of';
import type { ChosenPython } from './python-executors';
import { reportId } from './report-id';
import { believable } from './reports/any-kind';
import { createFindSubject } from './subjects';

export interface ExperimentsOptions extends Pick<ExperimentKit, 'emit' | 'forward' | 'droppedEvents'> {
  engine: EngineOptions;
  modules: Modules;
  machine(): Promise<MachineInfo>;
  keeping: Keeping;
  appSettings: Pick<AppSettingsKeeper, 'read'>;
}

/** One that has ended, as it is told to clients that come later. */
interface Ended {
  state: ExperimentState;
  report: Report;
  recent: RecentWork | null;
}

/** The experiments of an engine, of any kind: one at a time. */
export class Experiments {
  readonly #options: ExperimentsOptions;
  #starting: Promise<ExperimentState> | null = null;
  #active: Experiment | null = null;
  #ending: Promise<void> = Promise.resolve();
  #closed = false;
  /** The last of each kind, newest last. Their reports are here also where they could not be saved. */
  readonly #ended = new Map<ExperimentKind, Ended>();

  constructor(options: ExperimentsOptions) {
    this.#options = options;
  }

  /** Errors: `run-active`, `pool-closed`, and those of its kind's `plan`. */
  async start(settings: ExperimentSettings): Promise<ExperimentState> {
    if (this.#closed) throw closing();
    if (this.busy())
      throw new CoreloomError('run-active', 'An experiment is in progress: stop it before you start another.');
    this.#starting = this.#begin(settings);
    try {
      return await this.#starting;
    } finally {
      this.#starting = null;
    }
  }

  /** Errors: `no-run`, `bad-input`, `not-available`. */
  async update(change: ExperimentChange): Promise<ExperimentState> {
    const experiment = await this.#started();
    if (!experiment)
      throw new CoreloomError('no-run', 'Worker counts can be changed only during a run: start one first.');
    if (!experiment.update) {
      const noun = kindFacts(experiment.state().kind).noun;
      throw new CoreloomError(
        'bad-input',
        `A ${noun} cannot be changed while it is in progress: stop it and start another.`,
      );
    }
    experiment.update(change);
    return experiment.state();
  }

  /** Resolves when the report is saved. Errors: `no-run`. */
  async stop(cause: StopCause): Promise<ExperimentState> {
    const experiment = await this.#started();
    if (!experiment) throw new CoreloomError('no-run', 'There is no experiment to stop.');
    experiment.stop(cause);
    await this.#ending;
    // As it was told to have ended: workers that were leaving then are gone by now.
    return this.#newest().find(({ state }) => state.id === experiment.id)?.state ?? experiment.state();
  }

  /** The last of each kind, newest first. */
  states(): ExperimentState[] {
    const active = this.#active?.state();
    const ended = this.#newest().map(({ state }) => state);
    return active === undefined ? ended : [active, ...ended.filter(({ kind }) => kind !== active.kind)];
  }

  /** What the workers of the newest did that keeps it; null before the first. */
  recent(): RecentWork | null {
    return this.#active?.recent?.() ?? this.#newest().find(({ recent }) => recent !== null)?.recent ?? null;
  }

  busy(): boolean {
    return this.#active !== null || this.#starting !== null;
  }

  /** A report that is still in memory. */
  kept(id: string): Report | null {
    return this.#newest().find(({ report }) => report.id === id)?.report ?? null;
  }

  /** Ends the active one, also one that is being started; its report is kept. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    (await this.#started())?.stop({ interrupted: true });
    await this.#ending;
  }

  /** One that is about to start counts as there: it may be changed or stopped before its start is answered. */
  async #started(): Promise<Experiment | null> {
    await this.#starting?.catch(() => {});
    return this.#active;
  }

  async #begin(settings: ExperimentSettings): Promise<ExperimentState> {
    const { machine, keeping, appSettings, engine } = this.#options;
    const known = await machine();
    // Nothing is under way any more that would disturb a measurement, and it is said if its report cannot be saved.
    await this.#ending;
    await Promise.all([keeping.ready(), appSettings.read()]);
    if (this.#closed) throw closing();
    // One that was given up is asked for again; what becomes of it comes as a warning.
    engine.sampler.start().catch(() => {});
    const journal = keeping.journal();
    const experiment = await kindOf(settings).plan(settings, this.#kit(known, journal));
    this.#active = experiment;
    this.#ending = experiment.ended.then(async (report) => {
      await journal.close();
      await this.#end(experiment, believable(plainIn(report)));
    });
    return experiment.state();
  }

  async #end(experiment: Experiment, report: Report): Promise<void> {
    const state = experiment.state();
    this.#ended.delete(state.kind);
    this.#ended.set(state.kind, { state, report, recent: experiment.recent?.() ?? null });
    const { keeping, emit } = this.#options;
    await keeping.save(report);
    this.#active = null;
    emit({ type: 'experiment-changed', experiment: state });
    emit({ type: 'experiment-ended', experiment: state });
    emit({ type: 'reports-changed' });
  }

  #kit(machine: MachineInfo, journal: Journal): ExperimentKit {
    const { engine, modules, emit, forward, droppedEvents } = this.#options;
    const executors = [...(engine.baselines ?? []), ...engine.executors];
    const python: ExperimentKit['python'] = (wanted, choice) => this.#python(wanted, choice);
    return {
      executors,
      subject: createFindSubject({
        executors,
        modules,
        python: ({ executors: wanted, python: choice, spare }) => this.#python(wanted, choice, spare),
      }),
      python,
      hostThreads: engine.hostThreads,
      sampler: engine.sampler,
      machine,
      createdBy: { host: engine.host, coreloom: engine.versions.coreloom },
      entries: engine.entries,
      reportId,
      keep: (soFar) => journal.keep(soFar),
      follow: (soFar) => {
        journal.follow(soFar);
      },
      announce(state) {
        emit({ type: 'experiment-changed', experiment: state });
      },
      emit,
      forward,
      droppedEvents,
    };
  }

  /**
   * The Python that has the executors named, or what the default one has where undefined. Null if none is wanted, but a
   * `spare` one is taken if it was found.
   */
  async #python(
    executors: readonly string[] | undefined,
    choice: PythonChoice = {},
    spare = false,
  ): Promise<ChosenPython | null> {
    const { python } = this.#options.engine;
    if (python === undefined) return null;
    if (executors === undefined) await python.look();
    const wanted =
      executors?.filter((name) => isExecutorKey(name) && isPython(name)) ?? usualOf(python.availability().available);
    if (wanted.length > 0) return python.choose(choice, wanted);
    // A page may have it looked for, which takes a core.
    await python.settled();
    return spare && python.availability().available.length > 0 ? python.choose(choice, []) : null;
  }

  #newest(): Ended[] {
    return [...this.#ended.values()].reverse();
  }
}

const closing = (): CoreloomError =>
  new CoreloomError('pool-closed', 'Coreloom is closing and cannot start an experiment.');
