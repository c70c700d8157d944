import type { ErrorInfo, ExecutorKey } from '../../../contract';
import { watchMemoryKills } from '../../system/memory-kills';
import { endIn, killedWords, limitSentences, type Sentences, type Spoken } from '../sentences';

/** What is said of a module in Python where its workers cannot say it themselves. */
export function sentencesFor(spoken: Spoken, memoryKills = watchMemoryKills()): Sentences {
  return {
    ...limitSentences(spoken),
    died: (error, { name }) => died(error, name, { taskPlace: spoken.taskPlace, memoryKills: memoryKills() }),
  };
}

function died(
  { code, message }: ErrorInfo,
  name: ExecutorKey,
  { taskPlace, memoryKills }: { taskPlace: string; memoryKills: number },
): ErrorInfo {
  const { how, place } = endIn(message);
  return { code, message: `${place ?? taskPlace}: the task ${fault(how, name, memoryKills)}. It is not tried again.` };
}

function fault(how: string, name: ExecutorKey, memoryKills: number): string {
  const [, call] = /(os\.\w+) was called/.exec(how) ?? [];
  if (call !== undefined)
    return `calls ${call}, which ends its process in ${name}; ${call === 'os._exit' ? 'return instead' : 'leave that out'}`;
  if (how === 'signal SIGKILL') return killedWords(name, memoryKills);
  return `ends its process in ${name} (${how}); leave what does that out`;
}
