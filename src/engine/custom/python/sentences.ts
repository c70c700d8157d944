import { howEnded, killedWords, sentencesOf, wasKilled, type Fault, type Sentences, type Spoken } from '../sentences';

const fault: Fault = (exit, name, memoryKills) => {
  const { called } = exit;
  if (called !== undefined)
    return `calls ${called}, which ends its process in ${name}; ${called === 'os._exit' ? 'return instead' : 'remove that call'}`;
  if (wasKilled(exit)) return killedWords(name, memoryKills);
  return `ends its process in ${name} (${howEnded(exit)}); remove the code that does this`;
};

/** What is said of a module in Python where its workers cannot say it themselves. */
export const sentencesFor = (spoken: Spoken, memoryKills?: () => number): Sentences =>
  sentencesOf(spoken, fault, memoryKills);
