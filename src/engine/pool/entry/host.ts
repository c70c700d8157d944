import { fstatSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { serialize } from 'node:v8';
import type { ExecutorKey } from '../../../contract';
import { forgetAsNode } from '../../system/environment';
import { runIn, withTag } from '../../system/offspring';
import { isRefusal } from '../../system/room';
import type { PoolWorker, WorkerEvents } from '../../worker';
import { MARKS_GONE, type FromThreadHost, type Shared, type ToThreadHost } from '../messages';
import { MARK_FD } from '../mark';
import { RING_ENTRIES } from '../stamps';
import { threadStarter } from '../thread-worker';
import { withCloneableValues } from '../values';

/**
 * A process that does nothing but own worker threads: it starts them as the engine's own process would, and hands what
 * both say on. It never runs a task itself, so that it always hears. What ends it ends no engine.
 */
const [executor = '', thread = '', tasks = '', heapMb = ''] = process.argv.slice(2);

/**
 * A thread that is ended may go on loading for this long: what leaks ends with this process. Half of KILL_LIMIT_MS, after
 * which the engine kills this process for a thread that has not ended (hosted-worker.ts).
 */
const LOAD_LIMIT_MS = 250;

/** A thread that has this many numbers yet to pass, since they were taken back from it, is waited for. */
const LAG = 256;
const LOOK_MS = 5;

// The engine decides when this process ends: a terminal or a service manager signals the whole group.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));

forgetAsNode();
const run = runIn(process.env);
const marked = isMarked();
const threads = new Map<number, PoolWorker>();
const start = threadStarter(thread, tasks, executor as ExecutorKey, {
  heapMb: heapMb === '' ? undefined : Number(heapMb),
  loadLimitMs: LOAD_LIMIT_MS,
});

function isMarked(): boolean {
  try {
    return fstatSync(MARK_FD).isFile();
  } catch {
    return false;
  }
}

/** What the threads share is being made; null for nothing. */
let sharing: Promise<unknown> | null = null;
/** Threads that wait for it. */
const waiting = new Set<number>();

/** Makes in this process what the tasks' module has its threads share. */
async function share({ workload: of, values }: Shared): Promise<void> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(tasks).href)) as TasksModule;
  await module.share?.(of, values);
}

interface TasksModule {
  share?(workload: string, values: Shared['values']): Promise<void>;
}

function begin({ worker, markIndex, workload }: Extract<ToThreadHost, { type: 'start' }>): void {
  const own = process.env as Record<string, string>;
  const environment = run === null ? own : withTag(own, run, worker);
  try {
    const setup = { environment, workload, markIndex: marked ? markIndex : null };
    threads.set(worker, start(worker, setup, eventsOf(worker)));
  } catch (error) {
    notStarted(worker, error, true);
  }
}

function beginOnceShared(message: Extract<ToThreadHost, { type: 'start' }>, shared: Promise<unknown>): void {
  const { worker } = message;
  waiting.add(worker);
  shared.then(
    () => {
      if (waiting.delete(worker)) begin(message);
    },
    (error: unknown) => {
      if (waiting.delete(worker)) notStarted(worker, error, isRefusal(error));
    },
  );
}

function notStarted(worker: number, error: unknown, refused: boolean): void {
  const reason = error instanceof Error ? error.message : String(error);
  tell({ worker, type: 'ended', code: null, reason, refused });
}

/** Lines of a worker that wait for the end of this turn: one message for many costs a fraction. */
const lines = new Map<number, Extract<FromThreadHost, { type: 'lines' }>['lines']>();

function print(worker: number, ...line: Parameters<WorkerEvents['line']>): void {
  if (lines.size === 0) setImmediate(tellLines);
  const [text, atMs, lost] = line;
  const waiting = lines.get(worker);
  if (waiting === undefined) lines.set(worker, [[text, atMs, lost]]);
  else waiting.push([text, atMs, lost]);
}

function tellLines(): void {
  const all = [...lines];
  lines.clear();
  for (const [worker, printed] of all) send({ worker, type: 'lines', lines: printed });
}

/** What a worker printed before it says something else comes before that. */
function tell(message: FromThreadHost): void {
  if (lines.size > 0) tellLines();
  send(message);
}

function send(message: FromThreadHost): void {
  // With a callback, a channel that is closed already is told there and not thrown; `disconnect` follows.
  process.send?.(message, undefined, undefined, () => undefined);
}

/** The number that a thread cannot be given yet, since its entry in the thread's ring is in use. */
const ceiling = (worker: number): number => threads.get(worker)?.room(0) ?? 0;

const lagging = new Map<number, number>();

/** Skipping taken-back tasks sends no message; poll until done, then tell the engine there is room. */
function waitUntilPassed(worker: number, end: number): void {
  const known = lagging.has(worker);
  lagging.set(worker, end);
  if (!known) look(worker);
}

function look(worker: number): void {
  const thread = threads.get(worker);
  if (thread !== undefined && RING_ENTRIES - thread.room(lagging.get(worker) ?? 0) > LAG) {
    setTimeout(look, LOOK_MS, worker);
    return;
  }
  lagging.delete(worker);
  if (thread !== undefined) tell({ worker, type: 'passed', ceiling: ceiling(worker) });
}

function eventsOf(worker: number): WorkerEvents {
  return {
    ready: ({ pid, tid }) => {
      tell({ worker, type: 'ready', pid, tid });
    },
    pong: () => {
      tell({ worker, type: 'pong' });
    },
    results: (batch) => {
      const message = { worker, type: 'results' as const, ...batch, ceiling: ceiling(worker) };
      try {
        tell(message);
      } catch {
        // What one thread may hand to another (shared memory, a port), a process may not.
        tell(withCloneableValues(message, serialize));
      }
    },
    returned: (from, end = from) => {
      tell({ worker, type: 'returned', from, end, ceiling: ceiling(worker) });
      if (end > from) waitUntilPassed(worker, end);
    },
    // Told with what it answers or gives back, or looked for (`waitUntilPassed`).
    room: () => undefined,
    line: (...line) => {
      print(worker, ...line);
    },
    fault: (message, place) => {
      // Threads share their file of marks: when one has closed it, none can be used any more, nor one that is started here.
      if (marked && !isMarked()) process.exit(MARKS_GONE);
      tell({ worker, type: 'fault', message, place });
    },
    broken: (reason) => {
      tell({ worker, type: 'broken', reason });
    },
    ended: ({ code, reason, refused, moduleSaid, outOfMemory }) => {
      threads.delete(worker);
      tell({ worker, type: 'ended', code, reason, refused, moduleSaid, outOfMemory });
    },
  };
}

process.on('message', (message: ToThreadHost) => {
  const { worker } = message;
  switch (message.type) {
    case 'share':
      sharing = share(message);
      // Each thread that waits for it tells why.
      sharing.catch(() => undefined);
      break;
    case 'start':
      if (sharing === null) begin(message);
      else beginOnceShared(message, sharing);
      break;
    case 'batch':
      threads.get(worker)?.send(message.batch);
      break;
    case 'ping':
    case 'recall':
    case 'stop':
    case 'kill':
      if (waiting.delete(worker)) tell({ worker, type: 'ended', code: 0, reason: null });
      else threads.get(worker)?.[message.type]();
  }
});
