import { MAX_INPUTS, type InspectRequest, type ModuleRuntime, type OpenedModule, type OpenRequest } from '../types';
import { contained, type InnerExecutor } from '../contained';
import { leave } from '../leave';
import { executorsIn, type ExecutorKey, type PythonChoice, type PythonUsed } from '../../../contract';
import { INSPECT_MS, inspectionOf, type Looked } from './inspect';
import { sentencesFor } from './sentences';

/** Loading a module, and its `setup`, may take this long in a worker. */
const READY_MS = 30_000;

/** An executor whose tasks can hear that the run is being ended. */
interface PythonModuleExecutor extends InnerExecutor {
  cancel(): void;
}

/** One Python of this machine, as far as modules need it. */
interface ModulePython {
  used: PythonUsed;
  look(request: Pick<InspectRequest, 'path' | 'seed' | 'size'> & { most: number; limitMs: number }): Promise<Looked>;
  /** Executors whose workers run the module at `path` and are given up where a task runs longer than `deadlineMs`. */
  createExecutors(module: { path: string; deadlineMs: number }): readonly PythonModuleExecutor[];
}

export interface PythonRuntimeOptions {
  /** Errors: `not-available` with the reason for a name that is wanted and cannot be had, `bad-input`. */
  choose(choice: PythonChoice, wanted: readonly ExecutorKey[]): Promise<ModulePython>;
  inspectMs?: number;
}

/** Runs modules in Python on its threads, processes and interpreters. */
export function createPythonRuntime({ choose, inspectMs = INSPECT_MS }: PythonRuntimeOptions): ModuleRuntime {
  return {
    endings: ['.py'],
    executors: executorsIn('python'),
    async inspect({ path, seed, size, python = {}, wanted = [] }) {
      const chosen = await choose(python, wanted);
      return inspectionOf(
        await chosen.look({ path, seed, size, most: MAX_INPUTS, limitMs: inspectMs }),
        path,
        inspectMs,
      );
    },
    async open(request) {
      return opened(request, await choose(request.python ?? {}, request.wanted ?? []));
    },
  };
}

function opened({ path, inspection, deadlineMs }: OpenRequest, python: ModulePython): OpenedModule {
  const sentences = sentencesFor({ path, taskPlace: inspection.taskPlace });
  const executors = python.createExecutors({ path, deadlineMs });
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await Promise.all(executors.map(leave));
    await Promise.allSettled(executors.map((executor) => executor.close()));
  };
  return {
    executors: executors.map((executor) =>
      contained(executor, {
        deadlineMs,
        sentences,
        readyMs: READY_MS,
        cancel: () => {
          executor.cancel();
        },
      }),
    ),
    python: python.used,
    close: () => (closing ??= close()),
  };
}
