import type { Socket } from 'node:net';
import { format } from 'node:util';
import type { ExecutorKey } from '../../contract';

/** What a task is given beside its input. */
interface UserContext {
  /** Number of the worker within its executor, from 1. */
  readonly worker: number;
  readonly executor: ExecutorKey;
  /** Aborted once the run is being ended: a task that heeds it ends in order. */
  readonly signal: AbortSignal;
  /** What `setup` of this worker returned. */
  readonly state: unknown;
  /** Prints a line that is shown as it comes, with the worker that printed it. */
  log(...values: unknown[]): void;
}

export interface WorkerIdentity {
  worker: number;
  executor: ExecutorKey;
}

/** The context of one worker, the same for all its tasks. The engine is connected to once `signal` is read. */
export class WorkerContext implements UserContext {
  readonly worker: number;
  readonly executor: ExecutorKey;
  state: unknown = undefined;
  /** How lines leave; before the first task they are written to the worker's output, which is read line by line. */
  print: (text: string) => void = (text) => process.stdout.write(`${text}\n`);
  readonly #cancelAt: string;
  #signal: AbortSignal | null = null;

  constructor({ worker, executor }: WorkerIdentity, cancelAt: string) {
    this.worker = worker;
    this.executor = executor;
    this.#cancelAt = cancelAt;
    // Code that takes it out of the context still has it.
    this.log = this.log.bind(this);
  }

  get signal(): AbortSignal {
    this.#signal ??= cancelSignal(this.#cancelAt);
    return this.#signal;
  }

  log(...values: unknown[]): void {
    this.print(format(...values));
  }
}

/** Kept from before the user's code could change it. */
const builtin = process.getBuiltinModule.bind(process);

/** Aborts when the engine closes the connection at `path` (a socket or a pipe), or is gone. */
function cancelSignal(path: string): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(new Error('The run is being ended.'));
  };
  // Not before a task asks for it: most need no network to be loaded.
  const socket: Socket = builtin('node:net').connect(path);
  socket.on('error', abort);
  socket.on('close', abort);
  socket.resume().unref();
  return controller.signal;
}
