import { howEnded, killedWords, sentencesOf, wasKilled, type Fault, type Sentences, type Spoken } from '../sentences';

const fault: Fault = (exit, name, memoryKills) => {
  if (exit.outOfMemory === true) return `runs out of memory in its worker in ${name}; keep less data at a time`;
  if (wasKilled(exit)) return killedWords(name, memoryKills);
  return `ends its worker in ${name} (${howEnded(exit)}); remove the code that does this`;
};

/** What is said of a module for Node where its workers cannot say it themselves. */
export const sentencesFor = (spoken: Spoken, memoryKills?: () => number): Sentences =>
  sentencesOf(spoken, fault, memoryKills);
