import { readFile } from 'node:fs/promises';
import { isMainThread, workerData } from 'node:worker_threads';
import type { ExecutorKey } from '../../../contract';
import { cancelTimer, later, Promised, soon } from '../../system/intrinsics';
import type { TaskContext } from '../../workload/workload';
import { NotCloneable, resultChecksum } from '../checksum';
import { WorkerContext, type WorkerIdentity } from '../context';
import { ExitCalled, refuseEnds } from '../exit';
import { functionPlace } from '../function-place';
import { errorPlace, loadModule, prepareImports, type UserModule } from '../load';
import type { Translation } from '../loader/translation';
import type { Binding, TaskFailure } from '../node/binding';
import { placeText } from '../place';
import { isError, said } from '../said';
import type { ModuleInput } from '../types';

/** `teardown` may take this long; then the worker ends anyway. */
const TEARDOWN_MS = 350;

type Run = (argument: ModuleInput, context: TaskContext) => number | TaskFailure | Promise<number | TaskFailure>;

/** What a worker calls for each task, and before it leaves. */
interface Bound {
  run: Run;
  close(): Promise<void>;
  explain(error: unknown): { words: string; place?: string | undefined };
}

/**
 * Loads the user's module in this worker, calls its `setup`, and answers what the worker calls. Throws with one sentence
 * where either fails: the worker then says so and ends.
 */
export async function bind(binding: Binding): Promise<Bound> {
  const context = new WorkerContext(identity(), binding.cancelAt);
  const file = binding.taskPlace.replace(/:.*$/, '');
  refuseEnds();
  await prepareImports(binding.path, await translationOf(binding));
  const module = await loadModule(binding.path);
  try {
    context.state = await module.setup?.(context);
  } catch (error) {
    throw new Error(`${file}: setup of the module threw ${thrown(error, binding)}`);
  }
  if (isMainThread && !(await ticks())) {
    throw new Error(
      `${placeText(functionPlace(process.nextTick, binding.path))}: the module replaces process.nextTick, which Node needs to deliver messages; remove that code.`,
    );
  }
  return {
    run: runner(module, context, binding),
    close: () => tornDown(module, context),
    explain: (error) => explained(error, binding),
  };
}

async function translationOf({ translation }: Binding): Promise<Translation | null> {
  return translation === null ? null : (JSON.parse(await readFile(translation, 'utf8')) as Translation);
}

/** Whether what is given to `process.nextTick`, as it is now, is called. */
function ticks(): Promise<boolean> {
  return new Promised((resolve) => {
    soon(() => soon(resolve, false));
    try {
      process.nextTick(resolve, true);
    } catch {
      resolve(false);
    }
  });
}

/** Who this worker is: the pool's child halves tell it before they load any tasks. */
function identity(): WorkerIdentity {
  if (!isMainThread) return workerData as WorkerIdentity;
  const [executor, worker] = process.argv.slice(2) as [ExecutorKey, string];
  return { executor, worker: Number(worker) };
}

function runner({ task }: UserModule, context: WorkerContext, binding: Binding): Run {
  const failed = (error: unknown): TaskFailure => failureOf(error, binding);
  const checksum = (value: unknown): number | TaskFailure => {
    try {
      return resultChecksum(value);
    } catch (error) {
      return notCloneable(error, binding);
    }
  };
  const awaited = async (promise: PromiseLike<unknown>): Promise<number | TaskFailure> => {
    try {
      return checksum(await promise);
    } catch (error) {
      return failed(error);
    }
  };
  // A calibration, which is before the first task, has no numbers.
  return ({ index = 0, seed, size, ...input }, { print }) => {
    context.print = print;
    try {
      const value = task('value' in input ? input.value : { index, seed, size }, context);
      return isThenable(value) ? awaited(value) : checksum(value);
    } catch (error) {
      return failed(error);
    }
  };
}

function failureOf(error: unknown, binding: Binding): TaskFailure {
  if (error instanceof ExitCalled) {
    const place = error.place === null ? binding.taskPlace : placeText(error.place);
    return {
      code: 'task-threw',
      message: `${place}: the task calls ${error.called}; return instead, or throw an Error.`,
    };
  }
  return { code: 'task-threw', message: `The task threw ${thrown(error, binding)}` };
}

/** What was thrown, where, and what to do where that cannot be told. */
function thrown(error: unknown, { path, taskPlace }: Binding): string {
  if (!isError(error))
    return `${said(error)}, which is not an Error and therefore has no line number; throw an Error (the task is at ${taskPlace}).`;
  const place = errorPlace(error, path);
  // Of a file that cannot be read Node tells no place: it is one that the task imports.
  if (place === null && error.name === 'SyntaxError')
    return `${said(error)} (in what the task imports; the task is at ${taskPlace}).`;
  return `${said(error)} (at ${place === null ? taskPlace : placeText(place)}).`;
}

function notCloneable(error: unknown, binding: Binding): TaskFailure {
  const what = error instanceof NotCloneable ? error.message : saidWithPlace(error, binding);
  return {
    code: 'task-not-cloneable',
    message: `The task's result cannot be cloned: ${what}; return plain data (the task is at ${binding.taskPlace}).`,
  };
}

/** What a getter of a result threw, and where. */
function saidWithPlace(error: unknown, { path }: Binding): string {
  const place = isError(error) ? errorPlace(error, path) : null;
  return place === null ? said(error) : `${said(error)} (at ${placeText(place)})`;
}

function explained(error: unknown, { path }: Binding): ReturnType<Bound['explain']> {
  const place = isError(error) ? errorPlace(error, path) : null;
  return { words: said(error), place: place === null ? undefined : placeText(place) };
}

/** Calls `teardown`, and waits for it within a bounded time. */
function tornDown({ teardown }: UserModule, context: WorkerContext): Promise<void> {
  return new Promised((resolve) => {
    const timer = later(resolve, TEARDOWN_MS);
    const over = (): void => {
      cancelTimer(timer);
      resolve();
    };
    const called = async (): Promise<unknown> => await teardown?.(context);
    called().then(over, over);
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
