import { CoreloomError, duration, type ErrorInfo, type ExecutorKey } from '../../contract';
import { fileText } from './place';

/** What is said of a module's tasks where their workers cannot say it themselves. */
export interface Sentences {
  neverReturned(deadlineMs: number): ErrorInfo;
  died(error: ErrorInfo, how: { name: ExecutorKey; outOfMemory: boolean }): ErrorInfo;
  /** Something was thrown where only the worker itself could catch it. */
  escaped(error: ErrorInfo): ErrorInfo;
  notReady(name: ExecutorKey, limitMs: number): CoreloomError;
  notStarted(error: ErrorInfo): ErrorInfo;
  /** Workers come and go, and none finishes a task. */
  unusable(error: ErrorInfo, name: ExecutorKey): ErrorInfo;
  /** What a worker answered is no checksum. */
  noChecksum(): ErrorInfo;
}

/** Whose tasks are spoken of: the module's path, and its task's file and line. */
export interface Spoken {
  path: string;
  taskPlace: string;
}

/** What is said alike in every language. */
export function limitSentences({ path, taskPlace }: Spoken): Omit<Sentences, 'died'> {
  return {
    escaped: ({ code, message }) => ({
      code,
      message: message.includes(`${fileText(path)}:`)
        ? message
        : `${message.replace(/\.$/, '')} (the task is at ${taskPlace}).`,
    }),
    neverReturned: (deadlineMs) => ({
      code: 'task-deadline',
      message: `${taskPlace}: the task did not return within ${duration(deadlineMs)}, and its worker was replaced; return sooner, or allow more with --deadline.`,
    }),
    notReady: (name, limitMs) =>
      new CoreloomError(
        'module-broken',
        `${fileText(path)}: workers of ${name} are not ready after ${duration(limitMs)}; let setup, and what the module does as it is loaded, end sooner.`,
      ),
    notStarted: (error) => {
      const said = saidByWorker(error.message);
      if (said !== null) return { code: 'module-broken', message: said };
      if (error.code !== 'worker-start-failed') return error;
      const { how, place } = endIn(error.message);
      return {
        code: 'module-broken',
        message: `${place ?? taskPlace}: workers end as setup is called or the module is loaded (${how}); leave out what does that.`,
      };
    },
    unusable: ({ message }, name) => {
      const { how, place } = endIn(message);
      return {
        code: 'module-broken',
        message: `${place ?? taskPlace}: workers of ${name} end or break and finish no task, so no more are started (${how}); leave out what ends them, or replaces what Node or Python themselves need.`,
      };
    },
    noChecksum: () => ({
      code: 'task-not-cloneable',
      message: `${taskPlace}: what the worker answered is no checksum of the task's result; leave out what replaces parts of JavaScript or Python in its worker.`,
    }),
  };
}

/** How a worker ended, of all that the pool says of it, and where in the module, if that is told. */
export function endIn(message: string): { how: string; place: string | null } {
  const [, all = 'it ended'] = /\((?:the last was worker \d+, )?(.*)\)/s.exec(message) ?? [];
  const [, how = all, inside, after] = /^(.*?) (?:\(at (\S+:\d+)\)|at (\S+:\d+))$/s.exec(all) ?? [];
  return { how, place: inside ?? after ?? null };
}

/** Of a worker that was ended by SIGKILL: memory is named only where the system was seen to end processes for want of it. */
export function killedWords(name: ExecutorKey, memoryKills: number): string {
  const seen =
    memoryKills > 0
      ? 'while the system ended processes because memory had run out; hold less at a time'
      : 'and the system does not say who sent it';
  return `ended with its worker in ${name} by signal SIGKILL, ${seen}`;
}

/** What a worker said about its module, of all that is said where workers cannot be started; null where it said nothing. */
function saidByWorker(message: string): string | null {
  const [, said] = /cannot be used: \w+: (.*?)\)?\.*$/s.exec(message) ?? [];
  return said === undefined ? null : `${said.replace(/\.$/, '')}.`;
}
