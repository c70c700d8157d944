import type { LabName } from '../../../contract';

/** What each lab asks, and what it does to find out. */
export const LAB_WORDS: Record<LabName, { asks: string; does: string }> = {
  ipc: {
    asks: 'What does it cost to hand bytes to another worker?',
    does: 'Messages from 64 B to 100 MiB go to another worker and come back, by every way there is. Copies cost by the byte, and processes pay for serializing too; memory that is shared stays where it is, and only a signal goes there and back. From the same figures follows how long a task must be before handing it over pays.',
  },
  race: {
    asks: 'What happens where workers change the same value at once?',
    does: 'Workers increment one counter together: reading, adding and writing back are three steps, and what another wrote in between is lost. With an atomic step or a lock nothing can be. Where no loss was seen, that proves nothing: it is told how often one could still happen.',
  },
  memory: {
    asks: 'What does a further worker take, and whose writes does it see?',
    does: 'Workers are added one by one and memory is read from the system after each: all that is resident, the share of it that is fairly theirs (pages in common divided by who uses them), and what nobody else has. Then one worker writes, and another looks for it.',
  },
  startup: {
    asks: 'How long does it take from asking for a worker to its first result?',
    does: 'Workers are asked for one at a time, cold (the first of their kind, with all that it needs) and warm (one more beside it), until each has answered its first task, which does nothing.',
  },
};
