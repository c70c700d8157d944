import type { ChildProcess } from 'node:child_process';
import type { ExecutorKey } from '../../contract';
import { nowMs } from '../system/clock';
import { makeExpendable } from '../system/expendable';
import { forkNode } from '../fork-node';
import type { Guard } from './guard';
import { EarlyLines } from '../system/early-lines';
import { OWN_GROUP } from '../system/offspring';
import { readPrinted } from '../system/printed';
import { signalGroup } from '../system/process-group';
import { assertRoom, NODE_PROCESS, startedWith } from '../system/room';
import { LONG_TASK_MS, Mark } from './mark';
import type { PoolWorker, StartWorker, TaskBatch, WhyEnded, WorkerEvents, WorkerExit } from '../worker';
import { CUT_OFF, receive, UNREADABLE, type OwnAnswers } from './messages';
import { SuspensionWatch } from '../system/suspended';
import { fromSteps, HAS_SOCKETS, ParentWire, WIRE_FD } from './wire';

/** An idle process ends within milliseconds; one that does not is killed. */
const STOP_LIMIT_MS = 500;
/** After a process has ended its last messages are read; should its channel stay open, no longer than this. */
const LAST_MESSAGES_MS = 500;

/** Starts forked processes, each known to the guard and watched for being suspended. */
export function forkStarter(
  { fork: entry, tasks }: { fork: string; tasks: string },
  { executor, heapMb, guard, environment, workload }: ForkOptions,
): StartWorker {
  const watch = new SuspensionWatch();
  const execArgv = heapMb === undefined ? [] : [`--max-old-space-size=${String(heapMb)}`];
  return (worker, events) =>
    new ForkWorker(
      {
        entry,
        argv: [executor, String(worker), tasks, workload() ?? ''],
        execArgv,
        environment: guard.environment(environment, worker),
        worker,
      },
      events,
      { guard, watch },
    );
}

interface ForkOptions {
  executor: ExecutorKey;
  /** Memory of each process's own JavaScript objects, MiB; default: Node's own limit. */
  heapMb: number | undefined;
  environment: Record<string, string>;
  guard: Guard;
  /** What of the tasks' module the next worker loads before it is ready. */
  workload(): string | null;
}

interface Start {
  entry: string;
  argv: string[];
  execArgv: string[];
  environment: Record<string, string>;
  worker: number;
}

/** Who else watches a process. */
interface Observers {
  guard: Guard;
  watch: SuspensionWatch;
}

class ForkWorker implements PoolWorker {
  readonly #number: number;
  readonly #child: ChildProcess;
  readonly #events: WorkerEvents;
  readonly #early: EarlyLines;
  readonly #observers: Observers;
  readonly #wire: ParentWire;
  readonly #mark: Mark | null;
  /** Where there is no mark: the oldest task without a result counts as the one that runs. */
  #oldest = { seq: 0, sinceMs: 0 };
  #next = 0;
  #exit: Pick<WorkerExit, 'code' | 'signal'> | null = null;
  /** What is known of why it ended. */
  #why: WhyEnded = { reason: null };
  #ended = false;
  /** It was told to end, or has no connection any more: it is ended if it has not ended by then. */
  #endTimer: NodeJS.Timeout | null = null;
  #recallTimer: NodeJS.Timeout | null = null;

  constructor({ entry, argv, execArgv, environment, worker }: Start, events: WorkerEvents, observers: Observers) {
    this.#number = worker;
    this.#early = new EarlyLines((text, atMs, lost) => {
      events.line(text, atMs, lost);
    });
    this.#events = {
      ...events,
      ready: (identity) => {
        this.#early.release();
        events.ready(identity);
      },
    };
    this.#observers = observers;
    observers.guard.stand();
    assertRoom(NODE_PROCESS);
    const made = Mark.create();
    this.#mark = made?.mark ?? null;
    try {
      this.#child = forkNode(
        entry,
        [...argv, made === null ? 'unmarked' : 'marked', HAS_SOCKETS ? 'framed' : 'unframed'],
        {
          env: environment,
          execArgv,
          detached: OWN_GROUP,
          serialization: HAS_SOCKETS ? 'json' : 'advanced',
          // The last two in the order of MARK_FD and WIRE_FD.
          stdio: ['ignore', 'pipe', 'pipe', 'ipc', made?.fd ?? 'ignore', HAS_SOCKETS ? 'pipe' : 'ignore'],
        },
      );
    } catch (error) {
      this.#mark?.close();
      throw error;
    }
    startedWith(this.#child.pid, NODE_PROCESS);
    this.#wire = new ParentWire(this.#child, WIRE_FD, {
      message: (message) => {
        receive(message, this.#events, this.#own);
      },
      closed: () => {
        if (this.#exit !== null) this.#endIfSilent();
        // It ends without a channel, or is ended.
        else
          this.#endTimer ??= setTimeout(() => {
            events.broken(CUT_OFF);
          }, STOP_LIMIT_MS).unref();
      },
      broken: () => {
        events.broken(UNREADABLE);
      },
    });
    this.#listen();
    this.#observe();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  send(batch: TaskBatch): void {
    const [first] = batch;
    if (this.#oldest.seq === this.#next) this.#oldest = { seq: first, sinceMs: nowMs() };
    this.#wire.send(batch);
    this.#next = first + batch.length - 1;
  }

  room(): number {
    return Number.POSITIVE_INFINITY;
  }

  ping(): void {
    this.#wire.send({ type: 'ping' });
  }

  recall(): void {
    this.#wire.send({ type: 'recall' });
    this.#takeBack();
  }

  /** Behind a long synchronous task the message is not heard before its end: then take back without the child. */
  #takeBack(): void {
    if (this.#mark === null || this.#ended) return;
    const from = this.#mark.takeBack();
    if (from !== null) {
      this.#events.returned(from, this.#next, false);
      return;
    }
    this.#recallTimer = setTimeout(() => {
      this.#takeBack();
    }, LONG_TASK_MS).unref();
  }

  lastStarted(): { seq: number; startedMs: number } | null {
    if (this.#mark !== null) return this.#mark.read();
    return this.#oldest.seq < this.#next ? { seq: this.#oldest.seq, startedMs: this.#oldest.sinceMs } : null;
  }

  stop(): void {
    if (this.#endTimer !== null) return;
    this.#observers.guard.leaving(this.#number, this.pid);
    this.#wire.send({ type: 'stop' });
    this.#endTimer = setTimeout(() => {
      this.kill();
    }, STOP_LIMIT_MS);
  }

  kill(): void {
    this.#observers.guard.leaving(this.#number, this.pid);
    this.#child.kill('SIGKILL');
  }

  #observe(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    makeExpendable(pid);
    this.#observers.guard.add(pid);
    this.#observers.watch.add(pid, (reason) => {
      this.#why = { reason };
      this.kill();
    });
  }

  #listen(): void {
    const child = this.#child;
    child.once('error', (error) => {
      this.#why = { reason: error.message, refused: child.pid === undefined };
      // Never started: no `exit` will follow.
      if (child.pid === undefined) this.#end();
    });
    child.once('exit', (code, signal) => {
      this.#exit = { code, signal };
      this.#endIfSilent();
      if (!this.#ended)
        setTimeout(() => {
          this.#end();
        }, LAST_MESSAGES_MS);
    });
    // Of its output, too, all has been read.
    for (const stream of [child.stdout, child.stderr])
      stream?.once('close', () => {
        this.#endIfSilent();
      });
    readPrinted([child.stdout, child.stderr], (text, lost) => {
      this.#early.add(text, lost);
    });
    this.#unref();
  }

  /** The pool keeps the program alive while it has work, and only then. */
  #unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
    for (const stream of [this.#child.stdout, this.#child.stderr])
      (stream as unknown as { unref?(): void } | null)?.unref?.();
  }

  /** It has ended, and nothing that it said is on its way any more. */
  #endIfSilent(): void {
    const { stdout, stderr } = this.#child;
    if (this.#exit !== null && !this.#wire.open && [stdout, stderr].every((stream) => stream?.closed !== false))
      this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#endTimer !== null) clearTimeout(this.#endTimer);
    if (this.#recallTimer !== null) clearTimeout(this.#recallTimer);
    if (OWN_GROUP) signalGroup(this.#child.pid, 'SIGKILL');
    this.#observers.guard.remove(this.pid);
    this.#observers.guard.left(this.#number);
    this.#observers.watch.remove(this.pid);
    const refusal = this.#early.refusal(this.#exit?.signal ?? null);
    if (refusal !== null) this.#why = { reason: refusal, refused: true };
    this.#events.ended({
      code: null,
      signal: null,
      ...this.#exit,
      ...this.#why,
    });
    this.#mark?.close();
  }

  readonly #own: OwnAnswers = {
    results: (results) => {
      this.#oldest = { seq: results.first + results.values.length, sinceMs: nowMs() };
      this.#events.results({ ...results, stamps: fromSteps(results.stamps ?? []) });
    },
    returned: (from, end) => {
      if (this.#recallTimer !== null) clearTimeout(this.#recallTimer);
      this.#mark?.clear();
      this.#events.returned(from, end, true);
    },
    startFailed: (why) => {
      this.#why = why;
    },
  };
}
