import { executorFacts, executorsIn } from '../../../contract';
import type { Entries } from '../../entries';
import type { Executor } from '../../executor';
import { outOfMemory } from '../../system/memory-kills';
import { removeQuietly } from '../../system/remove-quietly';
import type { TaskInput } from '../../workload/workload';
import { contained, type InnerExecutor } from '../contained';
import { leave } from '../leave';
import type { ModuleRuntime, OpenedModule, OpenRequest } from '../types';
import { bindTasks, type TaskFailure } from './binding';
import { openCancelPoint } from './cancel';
import { inModuleFolder } from './folder';
import { inspectModule } from './inspect';
import { sentencesFor } from './sentences';

/** Loading a module, and its `setup`, may take this long in a worker. */
const READY_MS = 30_000;

interface NodePool {
  tasks: string;
  deadlineMs: number;
}

export interface NodeRuntimeOptions {
  entries: Pick<Entries, 'moduleTasks' | 'moduleInspect'>;
  /** Makes the pools of one run, whose workers load their tasks from `tasks` and are given up where one runs longer than `deadlineMs`. */
  createPools(module: NodePool): readonly Executor<TaskInput, number | TaskFailure>[];
  /** Makes the pool of one worker that comparisons hold the others against. */
  createBaseline?(module: NodePool): Executor<TaskInput, number | TaskFailure>;
  inspectMs?: number;
}

/** Runs modules in JavaScript and TypeScript on Node's threads and processes. */
export function createNodeRuntime(options: NodeRuntimeOptions): ModuleRuntime {
  return {
    endings: ['.mjs', '.js', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'],
    executors: executorsIn('node').filter((name) => !executorFacts(name).single),
    inspect: (request) =>
      inspectModule({ ...request, entry: options.entries.moduleInspect, limitMs: options.inspectMs }),
    open: (request) => open(request, options),
  };
}

async function open({ path, inspection, deadlineMs }: OpenRequest, options: NodeRuntimeOptions): Promise<OpenedModule> {
  const { taskPlace, translation = null } = inspection;
  const { folder, cancelPoint, tasks } = await inModuleFolder(async (made) => {
    const point = await openCancelPoint(made);
    const binding = { path, taskPlace, cancelAt: point.at };
    const file = await bindTasks(made, options.entries.moduleTasks, binding, translation).catch((error: unknown) => {
      point.close();
      throw error;
    });
    return { folder: made, cancelPoint: point, tasks: file };
  });
  const sentences = sentencesFor({ path, taskPlace });
  const baseline = options.createBaseline?.({ tasks, deadlineMs });
  const executors = options.createPools({ tasks, deadlineMs });
  const pools = [...executors, ...(baseline ? [baseline] : [])];
  const contain = (pool: InnerExecutor): Executor<TaskInput, number> =>
    contained(pool, {
      deadlineMs,
      sentences,
      readyMs: READY_MS,
      exhausted: outOfMemory,
      cancel: () => {
        cancelPoint.cancel();
      },
    });
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await Promise.all(pools.map(leave));
    await Promise.allSettled(pools.map((pool) => pool.close()));
    cancelPoint.close();
    removeQuietly(folder);
  };
  return {
    executors: executors.map(contain),
    baselines: baseline ? [contain(baseline)] : [],
    close: () => (closing ??= close()),
  };
}
