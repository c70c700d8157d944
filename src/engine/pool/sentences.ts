import { CoreloomError, duration, LIMITS, plain, type ErrorInfo, type ExecutorKey } from '../../contract';
import { limitWords } from '../system/room';
import { exitWords, withPlace, type WorkerExit } from '../worker';

interface AnyTask {
  id: number;
  worker: number;
}

function reasonOf(error: unknown): string {
  return plain(error instanceof Error ? error.message : String(error));
}

export function notCloneable(error: unknown): ErrorInfo {
  return {
    code: 'task-not-cloneable',
    message: `The task's argument cannot be sent to a worker (${reasonOf(error)}); use plain data.`,
  };
}

/** `tries`: how many workers have died under it. */
export function workerDied(name: ExecutorKey, task: AnyTask, exit: WorkerExit, tries: number): ErrorInfo {
  // It is not certain that the task did it: the worker may have been killed from outside.
  const before = `as ${String(tries - 1)} workers had before`;
  return {
    code: 'worker-died',
    message: `Worker ${String(task.worker)} of ${name} died while running task ${String(task.id)} (${exitWords(exit)}), ${before}; the task is not retried.`,
  };
}

export function begunTooOften(name: ExecutorKey, task: AnyTask & { attempts: number }, exit: WorkerExit): ErrorInfo {
  return {
    code: 'worker-died',
    message: `Task ${String(task.id)} was started ${String(task.attempts)} times, but no worker of ${name} finished it (${exitWords(exit)}); it is not retried.`,
  };
}

export function movedAway(name: ExecutorKey, task: AnyTask): ErrorInfo {
  return {
    code: 'worker-died',
    message: `Worker ${String(task.worker)} of ${name} died with task ${String(task.id)}, whose memory had been transferred to it, so the task cannot be retried; do not use transfer for tasks that must be retried.`,
  };
}

export function deadlineMissed(name: ExecutorKey, task: AnyTask, deadlineMs: number | null): ErrorInfo {
  return {
    code: 'task-deadline',
    message: `Task ${String(task.id)} ran longer than its deadline of ${duration(deadlineMs)}; worker ${String(task.worker)} of ${name} was replaced.`,
  };
}

export function untimed(name: ExecutorKey, task: AnyTask): ErrorInfo {
  return {
    code: 'times-impossible',
    message: `Worker ${String(task.worker)} of ${name} reported impossible times for task ${String(task.id)}, as code does that replaces the clock. Such tasks are counted, but their times are ignored.`,
  };
}

export function faulty(name: ExecutorKey, worker: number, message: string, place?: string): ErrorInfo {
  return {
    code: 'task-threw',
    message: `Worker ${String(worker)} of ${name} is being replaced because of an uncaught error outside a task's promise (${withPlace(plain(message), place)}).`,
  };
}

export function poolClosed(name: ExecutorKey): CoreloomError {
  return new CoreloomError('pool-closed', `The pool of ${name} is closed.`);
}

/** The last of several workers that came to nothing, and how many are left. */
interface LastWorker {
  worker: number;
  exit: WorkerExit;
  live: number;
}

const left = (live: number): string => (live > 0 ? ` and ${String(live)} are left` : '');

/** Its cause is how that worker ended. */
export function startFailed(name: ExecutorKey, { worker, exit, live }: LastWorker): CoreloomError {
  return new CoreloomError(
    'worker-start-failed',
    `Workers of ${name} stop as soon as they start, so no more are started${left(live)} (the last was worker ${String(worker)}, ${exitWords(exit)}).`,
    exit,
  );
}

/** `count` workers in a row finished no task. Its cause is how the last of them ended. */
export function fruitless(name: ExecutorKey, count: number, { worker, exit, live }: LastWorker): CoreloomError {
  return new CoreloomError(
    'worker-unusable',
    `${String(count)} workers of ${name} in a row finished no task, so no more are started${left(live)} (the last was worker ${String(worker)}, ${exitWords(exit)}).`,
    exit,
  );
}

export function limitReached(name: ExecutorKey, got: number, desired: number, error: unknown): CoreloomError {
  return new CoreloomError(
    'worker-limit',
    `Only ${String(got)} of ${String(desired)} workers of ${name} could be started, because ${limitWords(error)}; raise that limit or use fewer workers.`,
    error,
  );
}

export function badCount(count: unknown): CoreloomError {
  return new CoreloomError(
    'bad-input',
    `The number of workers must be a whole number from 0 to ${String(LIMITS.workers.max)}, not ${String(count)}.`,
  );
}

export function badDeadline(deadlineMs: number): CoreloomError {
  return new CoreloomError(
    'bad-input',
    `The deadline of a task must be a number of ms above 0, not ${String(deadlineMs)}.`,
  );
}

export function queueFull(name: ExecutorKey, maxQueued: number): CoreloomError {
  return new CoreloomError(
    'queue-full',
    `${String(maxQueued)} tasks are queued for ${name}, which is the limit; wait until some have run, or use a feed.`,
  );
}
