import { Worker } from 'node:worker_threads';
import { errorInfo, type ErrorInfo } from '../../../contract';
import type { FromSlow, MachineFacts, SlowReading, ToSlow } from '../messages';

/** The slow thread, from the side of the ticks. */
export interface Slow {
  /** Asks for a reading; it is taken once it has come. */
  poll(): void;
  requestMachine(): void;
  /** The newest reading that was not taken yet; null where there is none. */
  take(): SlowReading | null;
}

export interface SlowOptions {
  /** The file of the sampler's process, which is also the thread's. */
  entry: string;
  onMachine: (facts: MachineFacts) => void;
  onWarning: (warning: ErrorInfo) => void;
}

/** Starts the thread. It ends with its process. */
export function startSlow({ entry, onMachine, onWarning }: SlowOptions): Slow {
  const worker = new Worker(entry);
  const send = (message: ToSlow): void => {
    worker.postMessage(message);
  };
  let newest: SlowReading | null = null;
  worker.on('message', (message: FromSlow) => {
    if (message.type === 'reading') newest = message.reading;
    else onMachine(message.facts);
  });
  worker.on('error', (error) => {
    const { message } = errorInfo(error);
    onWarning({
      code: 'sampler-failed',
      message: `The comparison with systeminformation, frequency and temperature are no longer available: ${message}`,
    });
  });
  return {
    poll: () => {
      send({ type: 'poll' });
    },
    requestMachine: () => {
      send({ type: 'machine' });
    },
    take: () => {
      const reading = newest;
      newest = null;
      return reading;
    },
  };
}
