import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, resolve } from 'node:path';
import {
  CoreloomError,
  MODULE_DEADLINE_MS,
  plain,
  type ExecutorKey,
  type LiveSettings,
  type ModuleInfo,
  type ResolvedSettings,
} from '../../contract';
import { DISTINCT_INPUTS, taskInput, type InputSettings } from '../workload/inputs';
import type { TaskInput, Workload } from '../workload/workload';
import type { Inspection, ModuleInput, ModuleRuntime, OpenedModule } from './types';
import { moduleWorkload } from './workload';
import { fileText } from './place';

export interface ModulesOptions {
  runtimes: readonly ModuleRuntime[];
  /** Whether this host lets the file run; asked with its path, absolute and with links resolved. */
  authorize(path: string): Promise<boolean>;
}

/** A module that was allowed and looked at, ready to be run. */
export interface ReadyModule {
  path: string;
  workload: Workload;
  /** The distinct inputs of a run. */
  inputs(settings: InputSettings): readonly TaskInput[];
  open(settings: Pick<ResolvedSettings, 'deadlineMs'>): Promise<OpenedModule>;
}

/** The user's own files: found, allowed and looked at, in this order. */
export class Modules {
  readonly #options: ModulesOptions;

  constructor(options: ModulesOptions) {
    this.#options = options;
  }

  /** What a page may show of a file. Errors: `module-not-found`, `module-not-trusted`, `module-broken`. */
  async info(module: string): Promise<ModuleInfo> {
    const { path, runtime } = await this.#allowed(module);
    const inspection = readable(await runtime.inspect({ path, seed: 0, size: null }));
    const { title, summary, kind, size } = moduleWorkload(path, inspection).info;
    const { exports, taskPlace, inputs } = inspection;
    return {
      path,
      fileName: fileText(path),
      title,
      summary,
      kind,
      size,
      sized: inspection.size !== null,
      exports: [...exports],
      taskPlace,
      inputs: inputs?.length ?? null,
      executors: [...runtime.executors],
    };
  }

  /** Gets a module ready for a run with these settings, whose seed is chosen. Errors: as `info`, and `bad-input`. */
  async ready(
    module: string,
    settings: Pick<LiveSettings, 'size' | 'taskMs' | 'python'> & { wanted: readonly ExecutorKey[]; seed: number },
  ): Promise<ReadyModule> {
    const { path, runtime } = await this.#allowed(module);
    checkExecutors(settings.wanted, runtime, path);
    const chosen = { path, python: settings.python, wanted: settings.wanted };
    const inspection = readable(await runtime.inspect({ ...chosen, seed: settings.seed, size: settings.size ?? null }));
    if (settings.taskMs !== undefined && inspection.size === null) {
      throw new CoreloomError(
        'bad-input',
        `${fileText(path)} does not export meta.size, so a task length cannot be set: remove the task length, or export meta.size from the module.`,
      );
    }
    return {
      path,
      workload: moduleWorkload(path, inspection),
      inputs: (resolved) => inputsOf(inspection, resolved),
      open: ({ deadlineMs }) => runtime.open({ ...chosen, inspection, deadlineMs: deadlineMs ?? MODULE_DEADLINE_MS }),
    };
  }

  async #allowed(module: string): Promise<{ path: string; runtime: ModuleRuntime }> {
    if (!isAbsolute(module))
      throw new CoreloomError('bad-input', `A module is named by its absolute path, not "${module}".`);
    const runtime = runtimeFor(module, this.#options.runtimes);
    const path = await realpath(module).catch(() => resolve(module));
    // Before it is said whether the file exists: that too is for the host to allow.
    if (!(await this.#options.authorize(path)))
      throw new CoreloomError(
        'module-not-trusted',
        `${module} was not allowed to run: allow it when you are asked, or choose another file.`,
      );
    await checkFile(path);
    return { path, runtime };
  }
}

/** What a module says of itself, as it can be shown anywhere. */
function readable(inspection: Inspection): Inspection {
  const { title, summary, exercises, taskPlace, size } = inspection;
  return {
    ...inspection,
    title: plain(title),
    summary: plain(summary),
    exercises: plain(exercises),
    taskPlace: plain(taskPlace),
    size: size && { ...size, meaning: plain(size.meaning) },
  };
}

/** What can run a file, by its ending. Throws `module-not-found` with the endings there are. */
function runtimeFor(module: string, runtimes: readonly ModuleRuntime[]): ModuleRuntime {
  const ending = extname(module).toLowerCase();
  const runtime = runtimes.find(({ endings }) => endings.includes(ending));
  if (runtime !== undefined) return runtime;
  const endings = runtimes.flatMap((one) => one.endings).join(', ');
  throw new CoreloomError(
    'module-not-found',
    `${fileText(module) || module} cannot be run as a module: its name must end in ${endings}.`,
  );
}

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new CoreloomError(
      'module-not-found',
      `There is no file ${path}; correct the path, or create one with coreloom new ${fileText(path)}.`,
    );
  if (!found.isFile()) throw new CoreloomError('module-not-found', `${path} is not a file; name the module itself.`);
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new CoreloomError('module-not-found', `${path} cannot be read; allow this user to read it.`, error);
  });
}

function checkExecutors(wanted: readonly ExecutorKey[], { executors }: ModuleRuntime, path: string): void {
  for (const name of wanted) {
    if (!executors.includes(name)) {
      throw new CoreloomError(
        'bad-input',
        `${name} cannot run ${fileText(path)}: files ending in ${extname(path)} run on ${executors.join(', ')}.`,
      );
    }
  }
}

function inputsOf({ inputs }: Inspection, settings: InputSettings): ModuleInput[] {
  const task = (index: number): ModuleInput => ({ ...taskInput(settings, index), index });
  if (inputs === null) return Array.from({ length: DISTINCT_INPUTS }, (_, index) => task(index));
  return inputs.map((value, index) => ({ ...task(index), value }));
}
