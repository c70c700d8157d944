import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { ExecutorKey } from '../../contract';
import type { ThreadData } from './entry/thread';
import { codeOf } from '../system/error-code';
import { assertRoom, isRefusal, NODE_THREAD, startedThread } from '../system/room';
import type { PoolWorker, TaskBatch, WhyEnded, WorkerEvents } from '../worker';
import { CUT_OFF, receive, type ToWorker, type OwnAnswers } from './messages';
import { packed } from './values';
import { RING_ENTRIES, Stamps } from './stamps';

/** An idle thread ends within milliseconds; one that does not is ended. */
const STOP_LIMIT_MS = 500;
/** Terminating a thread while Node loads its files leaks descriptors, so wait this long for the load to end. */
const LOAD_LIMIT_MS = 10_000;
/** Ports looked at when one has a message: looking costs about 1 µs each. */
const DRAINED_TOGETHER = 16;

interface ThreadOptions {
  /** Memory of each thread's own JavaScript objects, MiB; default: Node's own limit. */
  heapMb?: number | undefined;
  /** How long a thread that is ended may go on loading Node's files, ms; default: 10 s. */
  loadLimitMs?: number;
}

/** What is each thread's own. */
interface ThreadSetup {
  environment: Record<string, string>;
  /** The workload that it loads before it is ready; null for no more than the tasks' module. */
  workload: string | null;
  /** Where it marks its tasks, in the file that this process shares with the one that owns it; null: nowhere. */
  markIndex: number | null;
}

type StartThread = (worker: number, setup: ThreadSetup, events: WorkerEvents) => PoolWorker;

/** Starts threads that share one drain: when one has results, those of the others are taken in the same turn. */
export function threadStarter(
  entry: string,
  tasks: string,
  executor: ExecutorKey,
  { heapMb, loadLimitMs = LOAD_LIMIT_MS }: ThreadOptions,
): StartThread {
  const group = new Set<ThreadWorker>();
  return (worker, { environment, ...own }, events) =>
    new ThreadWorker(
      { entry, data: { executor, worker, tasks, ...own }, environment, heapMb, group, loadLimitMs },
      events,
    );
}

interface Start {
  entry: string;
  data: Omit<ThreadData, 'port' | 'stamps'>;
  environment: Record<string, string>;
  heapMb: number | undefined;
  group: Set<ThreadWorker>;
  loadLimitMs: number;
}

class ThreadWorker implements PoolWorker {
  readonly pid = process.pid;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #stamps = new Stamps();
  readonly #events: WorkerEvents;
  readonly #group: Set<ThreadWorker>;
  /** Numbers from `#floor` to below `#next` may still be taken back. */
  #floor = 0;
  #next = 0;
  /** What is known of why it ended. */
  #why: WhyEnded = { reason: null };
  /** It was told to end, or has closed its port: it is ended if it has not ended by then. */
  #endTimer: NodeJS.Timeout | null = null;
  /** It has sent something, so its files are loaded. */
  #loaded = false;
  #killTimer: NodeJS.Timeout | null = null;
  readonly #loadLimitMs: number;

  constructor({ entry, data, environment, heapMb, group, loadLimitMs }: Start, events: WorkerEvents) {
    this.#loadLimitMs = loadLimitMs;
    this.#events = events;
    this.#group = group;
    assertRoom(NODE_THREAD);
    // A channel of its own: the one built into Worker cannot be drained synchronously.
    const channel = new MessageChannel();
    this.#port = channel.port1;
    this.#worker = new Worker(entry, {
      workerData: { ...data, port: channel.port2, stamps: this.#stamps.memory } satisfies ThreadData,
      transferList: [channel.port2],
      env: environment,
      execArgv: [],
      ...(heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
      // Kept from this program's own output; the thread sends what is printed as lines. (Reading these streams would
      // keep the program alive, whatever is unreferenced.)
      stdout: true,
      stderr: true,
    });
    startedThread(this.#worker);
    this.#listen();
    group.add(this);
  }

  send(batch: TaskBatch, transfer?: readonly ArrayBuffer[]): void {
    const [first] = batch;
    const count = batch.length - 1;
    this.#stamps.offer(first, count);
    try {
      if (transfer === undefined) this.#port.postMessage(packed(batch));
      else this.#port.postMessage(batch, transfer);
    } catch (error) {
      this.#stamps.takeBack(first, first + count);
      throw error;
    }
    this.#next = first + count;
  }

  room(nextSeq: number): number {
    return RING_ENTRIES - (nextSeq - this.#stamps.passed());
  }

  ping(): void {
    this.#post({ type: 'ping' });
  }

  recall(): void {
    const from = this.#stamps.takeBack(this.#floor, this.#next);
    this.#events.returned(from, this.#next, true);
  }

  lastStarted(): { seq: number; startedMs: number } | null {
    return this.#stamps.lastStarted();
  }

  stop(): void {
    if (this.#endTimer !== null) return;
    this.#post({ type: 'stop' });
    this.#endTimer = setTimeout(() => {
      this.kill();
    }, STOP_LIMIT_MS);
  }

  kill(): void {
    if (this.#loaded) this.#terminate();
    else this.#killTimer ??= setTimeout(this.#terminate.bind(this), this.#loadLimitMs);
  }

  /** Takes every message that has come, without waiting for the event loop. */
  drain(): void {
    for (
      let received = receiveMessageOnPort(this.#port);
      received !== undefined;
      received = receiveMessageOnPort(this.#port)
    ) {
      this.#receive(received.message);
    }
  }

  #listen(): void {
    this.#port.on('message', (message: unknown) => {
      this.#receive(message);
      this.drain();
      if (this.#group.size > DRAINED_TOGETHER) return;
      for (const other of this.#group) if (other !== this) other.drain();
    });
    this.#port.once('close', () => {
      if (this.#group.has(this)) this.#brokenSoon();
    });
    // The pool keeps the program alive while it has work, and only then.
    this.#port.unref();
    this.#worker.unref();
    this.#worker.on('error', (error) => {
      this.#why = {
        reason: error.message,
        refused: isRefusal(error),
        outOfMemory: codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY',
      };
    });
    this.#worker.once('exit', (code) => {
      this.#end(code);
    });
  }

  #terminate(): void {
    // Rejects never; `exit` tells.
    void this.#worker.terminate();
  }

  #end(code: number): void {
    for (const timer of [this.#endTimer, this.#killTimer]) if (timer !== null) clearTimeout(timer);
    // What a thread posted before its end is never lost.
    this.drain();
    this.#port.close();
    this.#group.delete(this);
    this.#events.ended({ code, signal: null, ...this.#why });
  }

  readonly #own: OwnAnswers = {
    results: ({ first, values, failures }) => {
      this.#floor = first + values.length;
      this.#events.results({ first, values, failures, stamps: this.#stamps.read(first, values.length) });
    },
    // Threads are recalled through shared memory.
    returned: () => undefined,
    startFailed: (why) => {
      this.#why = why;
    },
  };

  /** Its port closed. It should be ending; if it is not, end it. */
  #brokenSoon(): void {
    this.#endTimer ??= setTimeout(() => {
      this.#events.broken(CUT_OFF);
    }, STOP_LIMIT_MS).unref();
  }

  #post(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  #receive(message: unknown): void {
    this.#loaded = true;
    if (this.#killTimer !== null) this.#terminate();
    receive(message, this.#events, this.#own);
  }
}
