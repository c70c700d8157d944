import { basename } from 'node:path';
import { CoreloomError, errorInfo } from '../../../contract';
import { limitText, saidByWorker, type Sentences } from '../sentences';

export function sentencesFor({ path, taskPlace }: { path: string; taskPlace: string }): Sentences {
  const file = basename(path);
  return {
    neverReturned: (deadlineMs) => ({
      code: 'task-deadline',
      message: `${taskPlace}: the task did not return within ${limitText(deadlineMs)}, and its worker was replaced; return sooner, or allow more with --deadline.`,
    }),
    died: ({ code, message }, { name, outOfMemory }) => {
      const [, how = 'it ended'] = /\(([^)]*)\)/.exec(message) ?? [];
      const what = outOfMemory || how.includes('out of memory') ? `exhausts the memory of its worker in ${name}; hold less at a time` : `ends its worker in ${name} (${how}); leave what does that out`;
      return { code, message: `${taskPlace}: the task ${what}. It is not tried again.` };
    },
    notReady: (name, limitMs) =>
      new CoreloomError('module-broken', `${file}: workers of ${name} are not ready after ${limitText(limitMs)}; let setup, and what the module does as it is loaded, end sooner.`),
    notStarted: (error) => {
      const info = errorInfo(error);
      const said = saidByWorker(info.message);
      return said === null ? new CoreloomError(info.code, info.message, error) : new CoreloomError('module-broken', said, error);
    },
  };
}
