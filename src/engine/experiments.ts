import {
  CoreloomError,
  executorFacts,
  isExecutorKey,
  isPython,
  plainIn,
  type EngineEvent,
  type ExperimentSettings,
  type ExperimentState,
  type MachineInfo,
  type PythonChoice,
  type Report,
} from '../contract';
import type { Modules } from './custom/modules';
import type { EngineOptions } from './engine-options';
import type { Experiment, ExperimentKit } from './kinds/kind';
import { plannedOf } from './kinds/kind-of';
import type { Keeping } from './keeping';
import type { ChosenPython } from './python-executors';
import { believable } from './reports/any-kind';
import { reportId } from './run-source';
import { createFindSubject } from './subjects';

/** The experiments of an engine: one at a time. */
export interface Experiments {
  /** Starts one once `ready`. Errors: `bad-input`, `unknown-workload`, `not-available`. */
  start(settings: ExperimentSettings, ready: Promise<void>): Promise<ExperimentState>;
  /** Resolves when the report is saved. Errors: `no-run`. */
  stop(): Promise<ExperimentState>;
  /** The active one, or the last one that ended; null before the first. */
  state(): ExperimentState | null;
  busy(): boolean;
  lastReport(): Report | null;
  /** Ends the active one, its report kept. Idempotent. */
  close(): Promise<void>;
}

export interface ExperimentsOptions {
  engine: EngineOptions;
  modules: Modules;
  machine(): Promise<MachineInfo>;
  emit(event: EngineEvent): void;
  keeping: Keeping;
}

export function createExperiments({ engine, modules, machine, emit, keeping }: ExperimentsOptions): Experiments {
  let starting: Promise<ExperimentState> | null = null;
  let closed = false;
  let active: Experiment | null = null;
  let ending: Promise<void> = Promise.resolve();
  let last: { state: ExperimentState; report: Report } | null = null;

  const ended = async (experiment: Experiment, report: Report): Promise<void> => {
    last = { state: experiment.state(), report };
    await keeping.save(report);
    active = null;
    emit({ type: 'experiment-changed', experiment: last.state });
    emit({ type: 'experiment-ended', experiment: last.state });
    emit({ type: 'reports-changed' });
  };

  /** The Python of an experiment that names one, or the one that is found where nobody is named. */
  const python = async (
    executors: readonly string[] | undefined,
    choice: PythonChoice = {},
  ): Promise<ChosenPython | null> => {
    const { python } = engine;
    if (python === undefined) return null;
    if (executors === undefined) await python.look();
    const wanted =
      executors?.filter((name) => isExecutorKey(name) && isPython(name)) ??
      python.availability().available.filter((name) => executorFacts(name).byDefault);
    if (wanted.length > 0) return python.choose(choice, wanted);
    await python.settled();
    return null;
  };

  const begin = async (settings: ExperimentSettings, ready: Promise<void>): Promise<ExperimentState> => {
    const known = await machine();
    await ready;
    // One that was given up is asked for again; what becomes of it comes as a warning.
    engine.sampler.start().catch(() => {});
    const executors = [...(engine.baselines ?? []), ...engine.executors];
    const journal = keeping.journal();
    const kit: ExperimentKit = {
      executors,
      subject: createFindSubject({ executors, modules, python }),
      python,
      sampler: engine.sampler,
      machine: known,
      createdBy: { host: engine.host, coreloom: engine.versions.coreloom },
      entries: engine.entries,
      reportId,
      keep: (soFar) => journal.keep(soFar),
      announce(state) {
        emit({ type: 'experiment-changed', experiment: state });
      },
    };
    const experiment = await plannedOf(settings).plan(settings, kit);
    active = experiment;
    ending = experiment.ended.then(async (report) => {
      await journal.close();
      await ended(experiment, believable(plainIn(report)));
    });
    // Closing waits for a start that is under way, and ends what came of it.
    if (closed) experiment.stop();
    return experiment.state();
  };

  return {
    async start(settings, ready) {
      if (closed) throw new CoreloomError('pool-closed', 'Coreloom is closing and cannot start an experiment.');
      starting = begin(settings, ready);
      try {
        return await starting;
      } finally {
        starting = null;
      }
    },
    async stop() {
      await starting?.catch(() => {});
      const experiment = active;
      if (!experiment) throw new CoreloomError('no-run', 'There is no experiment to stop.');
      experiment.stop();
      await ending;
      return last?.state ?? experiment.state();
    },
    state: () => active?.state() ?? last?.state ?? null,
    busy: () => active !== null || starting !== null,
    lastReport: () => last?.report ?? null,
    async close() {
      closed = true;
      await starting?.catch(() => {});
      active?.stop();
      await ending;
    },
  };
}
