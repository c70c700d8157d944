import { createPythonRuntime } from './custom/python';
import type { ModuleRuntime } from './custom/types';
import { lookAtModule } from './python';
import type { PythonExecutors } from './python-executors';

/** Modules in Python: on the Python that the run chose, with executors of their own for each run. */
export function pythonModules(
  pythons: PythonExecutors,
  hostFolder: string,
  { inspectMs }: { inspectMs?: number },
): ModuleRuntime {
  return createPythonRuntime({
    inspectMs,
    async choose(choice, wanted) {
      const chosen = await pythons.interpreter(choice, wanted);
      return {
        used: chosen.used,
        look: (request) => lookAtModule({ command: chosen.interpreter.command, hostFolder, request }),
        createExecutors: ({ path, deadlineMs }) => pythons.create(chosen, { module: { path }, deadlineMs }),
      };
    },
  });
}
