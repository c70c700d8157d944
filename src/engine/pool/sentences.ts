import { CoreloomError, MAX_WORKERS, plain, type ErrorInfo, type ExecutorName } from '../../contract';
import type { WorkerExit } from '../worker';
import { TRIES, type Task } from './task';

type AnyTask = Pick<Task<unknown, unknown>, 'id' | 'worker'>;

function reasonOf(error: unknown): string {
  return plain(error instanceof Error ? error.message : String(error));
}

function describeExit({ code, signal, reason }: WorkerExit): string {
  const how = signal !== null ? `signal ${signal}` : `exit code ${code === null ? 'unknown' : String(code)}`;
  return reason === null ? how : `${how}: ${plain(reason).replace(/\.$/, '')}`;
}

export function notCloneable(error: unknown): ErrorInfo {
  return { code: 'task-not-cloneable', message: `The task's argument cannot be sent to a worker (${reasonOf(error)}); give plain data.` };
}

export function workerDied(name: ExecutorName, task: AnyTask, exit: WorkerExit): ErrorInfo {
  const before = `as it had ended ${String(TRIES - 1)} before`;
  return {
    code: 'worker-died',
    message: `Task ${String(task.id)} ended worker ${String(task.worker)} of ${name} (${describeExit(exit)}), ${before}; it is not tried again.`,
  };
}

export function movedAway(name: ExecutorName, task: AnyTask): ErrorInfo {
  return {
    code: 'worker-died',
    message: `Worker ${String(task.worker)} of ${name} ended with task ${String(task.id)}, whose memory had been moved to it, so it cannot be run again; leave transfer out where a task must be.`,
  };
}

export function deadlineMissed(name: ExecutorName, task: AnyTask, deadlineMs: number | null): ErrorInfo {
  return {
    code: 'task-deadline',
    message: `Task ${String(task.id)} ran longer than its deadline of ${String(deadlineMs)} ms; worker ${String(task.worker)} of ${name} was replaced.`,
  };
}

export function faulty(name: ExecutorName, worker: number, message: string): ErrorInfo {
  return {
    code: 'task-threw',
    message: `Worker ${String(worker)} of ${name} is replaced, since something was thrown in it outside a task's own promise (${plain(message)}).`,
  };
}

export function poolClosed(name: ExecutorName): CoreloomError {
  return new CoreloomError('pool-closed', `The pool of ${name} is closed.`);
}

export function startFailed(name: ExecutorName, worker: number, exit: WorkerExit, live: number): CoreloomError {
  return new CoreloomError(
    'worker-start-failed',
    `Workers of ${name} end as soon as they start, so no more are started${live > 0 ? ` and ${String(live)} are left` : ''} (the last was worker ${String(worker)}, ${describeExit(exit)}).`,
  );
}

export function limitReached(name: ExecutorName, got: number, desired: number, error: unknown): CoreloomError {
  return new CoreloomError('worker-limit', `The system gave ${String(got)} of ${String(desired)} workers of ${name} and no more (${reasonOf(error)}); use fewer.`, error);
}

export function badCount(count: unknown): CoreloomError {
  return new CoreloomError('bad-input', `The number of workers must be a whole number from 0 to ${String(MAX_WORKERS)}, not ${String(count)}.`);
}

export function queueFull(name: ExecutorName, maxQueued: number): CoreloomError {
  return new CoreloomError('queue-full', `${String(maxQueued)} tasks wait for ${name} and no more may; wait until some have run, or feed from a source, which does.`);
}
