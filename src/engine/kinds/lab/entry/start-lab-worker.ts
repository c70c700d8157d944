import type { ChildProcess } from 'node:child_process';
import { Worker, type Transferable } from 'node:worker_threads';
import { forkNode } from '../../../fork-node';
import { limitWords, NODE_PROCESS, NODE_THREAD, noRoomFor, startedThread, type Need } from '../../../system/room';
import { nowMs } from '../../../system/clock';
import type { FromLabWorker, ToLabWorker } from './worker-messages';

/** One worker of the lab, as its starter holds it. */
export interface LabWorker {
  readonly pid: number;
  readonly askedMs: number;
  readonly readyMs: number;
  send(message: ToLabWorker, transfer?: readonly Transferable[]): void;
  /** The next message. Rejects where it ended instead. */
  next(): Promise<FromLabWorker>;
  /** Sends and answers the next message. */
  ask(message: ToLabWorker, transfer?: readonly Transferable[]): Promise<FromLabWorker>;
  end(): Promise<void>;
}

export type LabWorkerKind = 'thread' | 'fork-json' | 'fork-advanced';

interface Link {
  pid: number | null;
  post(message: ToLabWorker, transfer: readonly Transferable[]): void;
  end(): Promise<void>;
}

/** Starts one, and waits until it is ready. */
export async function startLabWorker(entry: string, kind: LabWorkerKind): Promise<LabWorker> {
  const arrived: FromLabWorker[] = [];
  const waiting: { resolve(message: FromLabWorker): void; reject(error: Error): void }[] = [];
  let gone: Error | null = null;
  const receive = (message: FromLabWorker): void => {
    const first = waiting.shift();
    if (first) first.resolve(message);
    else arrived.push(message);
  };
  const lost = (error: Error): void => {
    gone ??= error;
    for (const { reject } of waiting.splice(0)) reject(gone);
  };
  const next = (): Promise<FromLabWorker> => {
    const first = arrived.shift();
    if (first !== undefined) return Promise.resolve(first);
    return gone ? Promise.reject(gone) : new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const askedMs = nowMs();
  const link = kind === 'thread' ? thread(entry, receive, lost) : forked(entry, kind, receive, lost);
  const ready = await next();
  const readyMs = nowMs();
  return {
    pid: link.pid ?? (ready.type === 'ready' ? ready.pid : 0),
    askedMs,
    readyMs,
    send: (message, transfer = []) => {
      link.post(message, transfer);
    },
    next,
    ask(message, transfer = []) {
      const answer = next();
      link.post(message, transfer);
      return answer;
    },
    end: () => link.end(),
  };
}

function assertStartable(need: Need): void {
  const none = noRoomFor(need);
  if (none !== null)
    throw new Error(`A worker of the lab could not be started, because ${limitWords(none)}; raise that limit.`, {
      cause: none,
    });
}

function thread(entry: string, receive: (message: FromLabWorker) => void, lost: (error: Error) => void): Link {
  assertStartable(NODE_THREAD);
  const worker = new Worker(entry, { execArgv: [], env: {} });
  startedThread(worker);
  worker.on('message', receive);
  worker.on('error', lost);
  worker.on('exit', () => {
    lost(new Error('A thread of the lab ended before it answered.'));
  });
  return {
    pid: null,
    post: (message, transfer) => {
      worker.postMessage(message, transfer);
    },
    end: async () => void (await worker.terminate()),
  };
}

function forked(
  entry: string,
  kind: 'fork-json' | 'fork-advanced',
  receive: (message: FromLabWorker) => void,
  lost: (error: Error) => void,
): Link {
  assertStartable(NODE_PROCESS);
  const child = forkNode(entry, [], {
    env: process.env,
    execArgv: [],
    serialization: kind === 'fork-json' ? 'json' : 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', (message) => {
    receive(message as FromLabWorker);
  });
  child.on('error', lost);
  child.on('exit', (code, signal) => {
    lost(new Error(`A process of the lab ended (${signal ?? `code ${String(code)}`}) before it answered.`));
  });
  return {
    pid: child.pid ?? null,
    post: (message) => {
      child.send(message, (error) => {
        if (error) lost(error);
      });
    },
    end: () => ended(child),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGKILL');
  });
}
