import type { WorkerEvents } from '../worker';
import { isFromWorker, type Results } from './messages';

/** Why a worker is given up that says what no worker says. */
export const UNREADABLE = 'what it answered cannot be read';
/** And one that lives on without a connection. */
export const CUT_OFF = 'its connection with Coreloom was closed';

/** What is not the same for every kind of worker. */
export interface OwnAnswers {
  results(results: Results): void;
  returned(from: number, end: number): void;
  /** `limit` is whether the system had no room for it. */
  startFailed(reason: string, limit: boolean): void;
}

/** Tells the pool what a worker said. */
export function receive(message: unknown, events: WorkerEvents, own: OwnAnswers): void {
  if (!isFromWorker(message)) {
    events.broken(UNREADABLE);
    return;
  }
  switch (message.type) {
    case 'results':
      own.results(message);
      break;
    case 'returned':
      own.returned(message.from, message.end);
      break;
    case 'ready':
      events.ready({ pid: message.pid, tid: message.tid });
      break;
    case 'start-failed':
      own.startFailed(message.message, message.limit);
      break;
    case 'pong':
      events.pong();
      break;
    case 'line':
      events.line(String(message.text), message.atMs, message.lost);
      break;
    case 'fault':
      events.fault(message.message);
      break;
    case 'frame':
      // Only ever holds a place, where there are frames.
      break;
  }
}
