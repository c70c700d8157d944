import type { LabName } from '../../../contract';

/** What each lab asks, and what it does to find out. */
export const LAB_WORDS: Record<LabName, { asks: string; does: string }> = {
  ipc: {
    asks: 'What does it cost to hand bytes to another worker?',
    does: 'Messages from 64 B to 100 MiB are sent to another worker and back by every available method. Copying costs time per byte, and processes also pay for serialization; shared memory stays in place, and only a signal is sent. The figures also show how long a task must be before handing it over pays off.',
  },
  race: {
    asks: 'What happens if workers change the same value at the same time?',
    does: 'Workers increment one counter together: reading, adding and writing back are three steps, and a value that another worker wrote in between is lost. With an atomic operation or a lock, no update can be lost. If no loss was observed, that is no proof; the lab states how often a loss could still happen.',
  },
  memory: {
    asks: 'How much memory does one more worker need, and which writes of other workers does it see?',
    does: 'Workers are added one by one and memory is read from the system after each: all resident pages, the proportional share (shared pages divided among the processes that use them), and private pages. Then one worker writes a value and another tries to read it.',
  },
  startup: {
    asks: 'How long does it take from requesting a worker to its first result?',
    does: 'Workers are started one at a time, cold (the first of its kind, with everything that it needs) and warm (one more next to it). The time ends when the worker has finished its first task, which does nothing.',
  },
};
