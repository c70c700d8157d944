import type { ExecutorKey } from '../../../contract';
import { watchMemoryKills } from '../../system/memory-kills';
import type { WorkerExit } from '../../worker';
import { howEnded, killedWords, limitSentences, wasKilled, type Sentences, type Spoken } from '../sentences';

/** What is said of a module in Python where its workers cannot say it themselves. */
export function sentencesFor(spoken: Spoken, memoryKills = watchMemoryKills()): Sentences {
  return {
    ...limitSentences(spoken),
    died: (exit, name) => ({
      code: 'worker-died',
      message: `${exit.place ?? spoken.taskPlace}: the task ${fault(exit, name, memoryKills())}. It is not retried.`,
    }),
  };
}

function fault(exit: WorkerExit, name: ExecutorKey, memoryKills: number): string {
  const { called } = exit;
  if (called !== undefined)
    return `calls ${called}, which ends its process in ${name}; ${called === 'os._exit' ? 'return instead' : 'remove that call'}`;
  if (wasKilled(exit)) return killedWords(name, memoryKills);
  return `ends its process in ${name} (${howEnded(exit)}); remove the code that does this`;
}
