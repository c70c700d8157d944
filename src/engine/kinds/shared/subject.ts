import type { ExecutorKey, LiveSettings, PythonUsed } from '../../../contract';
import type { InputSettings } from '../../workload/inputs';
import type { TaskInput, Workload } from '../../workload/workload';
import type { NodeExecutor } from './staffing';

/** What an experiment is asked to run, and on whom. */
export interface SubjectSettings extends Pick<
  LiveSettings,
  'workload' | 'module' | 'size' | 'taskMs' | 'deadlineMs' | 'python' | 'seed'
> {
  executors?: readonly ExecutorKey[] | undefined;
  /** Whether executors that are not named are wanted too, as workers of them may be asked for while it is on. */
  spare?: boolean | undefined;
}

/** What an experiment runs, whether a workload of Coreloom's own or a module of the user, and who can run it. */
export interface Subject {
  workload: Workload;
  /** Who can run it; the baseline of their language first where it is an executor. */
  executors: readonly NodeExecutor[];
  /** Choices that were made on the way here: they replace those of the settings. */
  chosen: { seed: number; module?: string };
  /** The Python that its Python executors are of. */
  python?: PythonUsed | undefined;
  /** The distinct inputs of tasks. */
  inputs(settings: InputSettings): readonly TaskInput[];
  /** Ends executors that were made for this experiment alone. */
  close?: (() => Promise<void>) | undefined;
}

/** Finds what an experiment runs. Errors: `unknown-workload`, `bad-input`, `not-available`, and those of `Modules.ready`. */
export type FindSubject = (settings: SubjectSettings) => Promise<Subject>;
