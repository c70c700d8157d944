import type { ExecutorKey, ModuleExport, ModuleInfo, PythonChoice, PythonUsed } from '../../contract';
import type { Executor } from '../executor';
import type { TaskInput } from '../workload/workload';
import type { Translation } from './loader/translation';

/** The input of a task of the user's module. */
export interface ModuleInput extends TaskInput {
  /** Number of the input, from 0. */
  index: number;
  /** What `inputs` gave, where the module exports it: given to the task as it is. */
  value?: unknown;
}

/** What was found by looking at a module, before anything of it runs in the engine's reach. */
export interface Inspection {
  title: string;
  summary: string;
  exercises: string;
  kind: ModuleInfo['kind'];
  /** Sizes it can run, where it says so; then a task length can be calibrated. */
  size: ModuleInfo['size'] | null;
  /** False where it says that the same input may give another result. */
  deterministic: boolean;
  /** Of what a module may export, what it does. */
  exports: readonly ModuleExport[];
  /** `task.mjs:12`: where the task begins, for sentences about it. */
  taskPlace: string;
  /** What `inputs` gave; null where there is none, and at most MAX_INPUTS. */
  inputs: readonly unknown[] | null;
  /** How its files are loaded, where that takes more than taking their types out; null where not. */
  translation?: Translation | null;
}

/** What a process that looks at a module sends before its answer, as it begins: until then the module's time does not run. */
export const BEGUN = 'begun';
/** What it sends where the module failed and its place is looked for, which is not the module's time either. */
export const FAILED = 'failed';
/** What it writes to standard error before the line and file at which the module runs once that time is over. */
export const LOOPS = 'coreloom-loops ';

/** How many inputs of a module's own a run cycles through at most. */
export const MAX_INPUTS = 10_000;

export interface InspectRequest {
  /** Absolute, and known to be a file that can be read. */
  path: string;
  seed: number;
  /** Null where none was chosen: the module's default. */
  size: number | null;
  /** Which Python, for modules that need one. */
  python?: PythonChoice | undefined;
  /** Executors that the run has workers of; none where the module is only looked at. */
  wanted?: readonly ExecutorKey[];
}

export interface OpenRequest extends Pick<InspectRequest, 'path' | 'python' | 'wanted'> {
  inspection: Inspection;
  /** Longest running time of one task, ms. */
  deadlineMs: number;
}

/** Executors that live as long as one run of a module. */
export interface OpenedModule {
  executors: readonly Executor<TaskInput, number>[];
  /** The Python that runs them, where one does. */
  python?: PythonUsed;
  /** Those that comparisons alone use: one worker of the language. */
  baselines?: readonly Executor<TaskInput, number>[];
  /** Ends them, once their idle workers had time for `teardown`. Idempotent. */
  close(): Promise<void>;
}

/** What runs modules of one language. A further language is one more of these, handed to the engine. */
export interface ModuleRuntime {
  /** Of the files it can run, with their dot: `.mjs`. */
  readonly endings: readonly string[];
  /** The executors that can run them, whether or not they can on this machine. */
  readonly executors: readonly ExecutorKey[];
  /** Looks at a module in a process of its own, within a bounded time. Throws `module-broken`, and `not-available` where its language is not here. */
  inspect(request: InspectRequest): Promise<Inspection>;
  open(request: OpenRequest): Promise<OpenedModule>;
}
