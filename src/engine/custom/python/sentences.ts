import type { ErrorInfo, ExecutorName } from '../../../contract';
import { limitSentences, saidByWorker, type Sentences, type Spoken } from '../sentences';
import { fileText } from '../place';

/** What is said of a module in Python where its workers cannot say it themselves. */
export function sentencesFor(spoken: Spoken): Sentences {
  const { path, taskPlace } = spoken;
  return {
    ...limitSentences(spoken),
    died: (error, { name }) => died(error, name, taskPlace),
    notStarted: (error) => {
      const said = saidByWorker(error.message);
      if (said !== null) return { code: 'module-broken', message: said };
      if (error.code !== 'worker-start-failed') return error;
      const { how, place } = exitIn(error.message);
      return { code: 'module-broken', message: `${place ?? fileText(path)}: workers end as setup is called or the module is loaded (${how}); leave out what does that.` };
    },
  };
}

function died({ code, message }: ErrorInfo, name: ExecutorName, taskPlace: string): ErrorInfo {
  const { how, place } = exitIn(message);
  return { code, message: `${place ?? taskPlace}: the task ${fault(how, name)}. It is not tried again.` };
}

function fault(how: string, name: ExecutorName): string {
  const [, call] = /(os\.\w+) was called/.exec(how) ?? [];
  if (call !== undefined) return `calls ${call}, which ends its process in ${name}; ${call === 'os._exit' ? 'return instead' : 'leave that out'}`;
  if (how === 'signal SIGKILL') return `was killed with its process in ${name} (signal SIGKILL), as the system does where memory runs out; hold less at a time`;
  return `ends its process in ${name} (${how}); leave what does that out`;
}

/** How a worker ended, of all that the pool says of it, and where in the module, if it tells that. */
function exitIn(message: string): { how: string; place: string | null } {
  const [, all = 'it ended'] = /\((?:the last was worker \d+, )?((?:signal|exit code) .*)\)(?:, as it had ended .*)?\.?$/s.exec(message) ?? [];
  const [, how = all, place = null] = /^(.*?) at (\S+:\d+)$/.exec(all) ?? [];
  return { how, place };
}
