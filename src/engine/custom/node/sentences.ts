import { basename } from 'node:path';
import { CoreloomError, errorInfo, type ErrorInfo, type ExecutorName } from '../../../contract';

/** What is said of a module's tasks where their workers cannot say it themselves. */
export interface Sentences {
  neverReturned(deadlineMs: number): ErrorInfo;
  died(error: ErrorInfo, how: { name: ExecutorName; outOfMemory: boolean }): ErrorInfo;
  notReady(name: ExecutorName, limitMs: number): CoreloomError;
  notStarted(error: unknown): CoreloomError;
}

const seconds = (ms: number): string => (ms < 1000 ? `${String(ms)} ms` : `${String(ms / 1000)} s`);

export function sentencesFor({ path, taskPlace }: { path: string; taskPlace: string }): Sentences {
  const file = basename(path);
  return {
    neverReturned: (deadlineMs) => ({
      code: 'task-deadline',
      message: `${taskPlace}: the task did not return within ${seconds(deadlineMs)}, and its worker was replaced; return sooner, or allow more with --deadline.`,
    }),
    died: ({ code, message }, { name, outOfMemory }) => {
      const [, how = 'it ended'] = /\(([^)]*)\)/.exec(message) ?? [];
      const what = outOfMemory || how.includes('out of memory') ? `exhausts the memory of its worker in ${name}; hold less at a time` : `ends its worker in ${name} (${how}); leave what does that out`;
      return { code, message: `${taskPlace}: the task ${what}. It is not tried again.` };
    },
    notReady: (name, limitMs) =>
      new CoreloomError('module-broken', `${file}: workers of ${name} are not ready after ${seconds(limitMs)}; let setup, and what the module does as it is loaded, end sooner.`),
    notStarted: (error) => {
      const info = errorInfo(error);
      // What a worker said about its tasks comes last, behind what the pool says of its own.
      const [, said] = /cannot be used: \w+: (.*?)\)?\.*$/s.exec(info.message) ?? [];
      return said === undefined ? new CoreloomError(info.code, info.message, error) : new CoreloomError('module-broken', `${said.replace(/\.$/, '')}.`, error);
    },
  };
}
