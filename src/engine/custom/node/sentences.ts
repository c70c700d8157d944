import type { ExecutorKey } from '../../../contract';
import { watchMemoryKills } from '../../system/memory-kills';
import { endIn, killedWords, limitSentences, type Sentences, type Spoken } from '../sentences';

export function sentencesFor(spoken: Spoken, memoryKills = watchMemoryKills()): Sentences {
  const { taskPlace } = spoken;
  return {
    ...limitSentences(spoken),
    died: ({ code, message }, { name, outOfMemory }) => {
      const { how, place } = endIn(message);
      return {
        code,
        message: `${place ?? taskPlace}: the task ${fault(how, { name, outOfMemory, memoryKills: memoryKills() })}. It is not tried again.`,
      };
    },
  };
}

function fault(
  how: string,
  { name, outOfMemory, memoryKills }: { name: ExecutorKey; outOfMemory: boolean; memoryKills: number },
): string {
  if (outOfMemory || how.includes('out of memory'))
    return `exhausts the memory of its worker in ${name}; hold less at a time`;
  if (how === 'signal SIGKILL') return killedWords(name, memoryKills);
  return `ends its worker in ${name} (${how}); leave what does that out`;
}
