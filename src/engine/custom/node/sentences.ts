import { endIn, limitSentences, type Sentences, type Spoken } from '../sentences';

export function sentencesFor(spoken: Spoken): Sentences {
  const { taskPlace } = spoken;
  return {
    ...limitSentences(spoken),
    died: ({ code, message }, { name, outOfMemory }) => {
      const { how, place } = endIn(message);
      const what = outOfMemory || how.includes('out of memory') ? `exhausts the memory of its worker in ${name}; hold less at a time` : `ends its worker in ${name} (${how}); leave what does that out`;
      return { code, message: `${place ?? taskPlace}: the task ${what}. It is not tried again.` };
    },
  };
}
