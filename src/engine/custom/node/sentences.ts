import type { ExecutorKey } from '../../../contract';
import { watchMemoryKills } from '../../system/memory-kills';
import type { WorkerExit } from '../../worker';
import { howEnded, killedWords, limitSentences, wasKilled, type Sentences, type Spoken } from '../sentences';

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
  if (exit.outOfMemory === true) return `runs out of memory in its worker in ${name}; keep less data at a time`;
  if (wasKilled(exit)) return killedWords(name, memoryKills);
  return `ends its worker in ${name} (${howEnded(exit)}); remove the code that does this`;
}
