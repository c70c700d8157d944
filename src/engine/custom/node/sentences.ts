import { limitSentences, saidByWorker, type Sentences, type Spoken } from '../sentences';

export function sentencesFor(spoken: Spoken): Sentences {
  const { taskPlace } = spoken;
  return {
    ...limitSentences(spoken),
    died: ({ code, message }, { name, outOfMemory }) => {
      const [, how = 'it ended'] = /\(([^)]*)\)/.exec(message) ?? [];
      const what = outOfMemory || how.includes('out of memory') ? `exhausts the memory of its worker in ${name}; hold less at a time` : `ends its worker in ${name} (${how}); leave what does that out`;
      return { code, message: `${taskPlace}: the task ${what}. It is not tried again.` };
    },
    notStarted: (error) => {
      const said = saidByWorker(error.message);
      return said === null ? error : { code: 'module-broken', message: said };
    },
  };
}
