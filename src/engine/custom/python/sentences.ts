import type { ErrorInfo, ExecutorName } from '../../../contract';
import { endIn, limitSentences, type Sentences, type Spoken } from '../sentences';

/** What is said of a module in Python where its workers cannot say it themselves. */
export function sentencesFor(spoken: Spoken): Sentences {
  return {
    ...limitSentences(spoken),
    died: (error, { name }) => died(error, name, spoken.taskPlace),
  };
}

function died({ code, message }: ErrorInfo, name: ExecutorName, taskPlace: string): ErrorInfo {
  const { how, place } = endIn(message);
  return { code, message: `${place ?? taskPlace}: the task ${fault(how, name)}. It is not tried again.` };
}

function fault(how: string, name: ExecutorName): string {
  const [, call] = /(os\.\w+) was called/.exec(how) ?? [];
  if (call !== undefined) return `calls ${call}, which ends its process in ${name}; ${call === 'os._exit' ? 'return instead' : 'leave that out'}`;
  if (how === 'signal SIGKILL') return `was killed with its process in ${name} (signal SIGKILL), as the system does where memory runs out; hold less at a time`;
  return `ends its process in ${name} (${how}); leave what does that out`;
}
