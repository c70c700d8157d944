import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { CoreloomError, executorFacts, type PythonUsed } from '../../../contract';
import { nowMs } from '../../system/clock';
import type { Entries } from '../../entries';
import { makeExpendable } from '../../system/expendable';
import { forkNode } from '../../fork-node';
import { objectIn, readLines } from '../../system/read-lines';
import { makeOwnedFolder } from '../../system/owned-folder';
import { removeQuietly } from '../../system/remove-quietly';
import { toldOfDeath } from '../../system/parent-death';
import { workerEnvironment } from '../../system/environment';
import { signalGroup } from '../../system/process-group';
import { pythonEnvironment } from '../../python/environment';
import { limitWords, NODE_PROCESS, noRoomFor } from '../../system/room';
import type { Answers, Ask } from './asks';
import { watchSuspended } from './suspended';

/** A side of a lab ended that was not told to; `signal` is what ended it, null where it ended by itself. */
export class SideLost extends CoreloomError {
  readonly signal: string | null;

  constructor(message: string, signal: string | null) {
    super('worker-died', message);
    this.signal = signal;
  }
}

/** A process that measures what it is asked, one thing at a time, with workers of its own. */
export interface Side {
  /** When it was started, on the one clock, ms. */
  readonly startedMs: number;
  /** Rejects with `worker-died` where it ended, and with `internal` and its own words where it could not measure. */
  ask<K extends Ask['type']>(ask: Extract<Ask, { type: K }>): Promise<Answers[K]>;
  /** Whether it has ended, and answers nothing more. */
  readonly ended: boolean;
  /** Ends it at once, with all that it started. Idempotent. */
  end(): void;
}

type Reply = { ok: true; value: unknown } | { ok: false; message: string };

/** Far above what any answer takes, in characters. */
const LONGEST_REPLY = 2 ** 24;

interface Link {
  child: ChildProcess;
  send(ask: Ask): void;
  /** Signals that end all of its group. */
  fatal: readonly NodeJS.Signals[];
  /** Removes what its processes cannot have removed. Idempotent. */
  tidy?(): void;
}

/** Starts the side of Node. */
export function startNodeSide(entries: Pick<Entries, 'lab'>): Side {
  return startSide('Node', (reply) => {
    const child = forkNode(entries.lab, [], {
      ...toldOfDeath('CONT'),
      env: workerEnvironment(),
      detached: process.platform !== 'win32',
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message) => {
      reply(message as Reply);
    });
    return { child, send: (ask) => void child.send(ask, () => {}), fatal: ['SIGKILL'] };
  });
}

/** Starts the side of Python, by the interpreter and the start method of the experiment. */
export function startPythonSide(entries: Pick<Entries, 'labPython'>, { executable, startMethod }: PythonUsed): Side {
  // Before its start is timed.
  const folder = makeFolder();
  return startSide('Python', (reply) => {
    const child = spawn(executable, ['-W', 'ignore', entries.labPython, JSON.stringify({ startMethod, folder })], {
      env: pythonEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    readLines(
      child.stdout,
      (line) => {
        // What Python runs as it starts (sitecustomize) may print too, and who is killed ends within a line.
        const said = objectIn<Reply>(line, 'ok');
        if (said !== null) reply(said);
      },
      LONGEST_REPLY,
    );
    // A program that is not there closes it at once; `error` says so.
    child.stdin.on('error', () => {});
    return {
      child,
      send: (ask) => void child.stdin.write(`${JSON.stringify(withEach(ask))}\n`),
      // Multiprocessing's own tracker hears no SIGTERM, removes the semaphores and memory that have names, and ends. Who
      // is suspended continues, and ends.
      fatal: ['SIGCONT', 'SIGTERM'],
      tidy: () => {
        if (folder !== null) removeQuietly(folder);
      },
    };
  });
}

/** What an executor's workers are, beside its name, which Python's side does not know. */
const withEach = (ask: Ask): object => ('executor' in ask ? { ...ask, each: executorFacts(ask.executor).each } : ask);

/** Where Python may leave sockets behind; null where the system takes no folder: then Python sees for itself. */
function makeFolder(): string | null {
  try {
    return makeOwnedFolder('memory', 'lab');
  } catch {
    return null;
  }
}

function startSide(name: string, start: (reply: (reply: Reply) => void) => Link): Side {
  const startedMs = nowMs();
  let waiting: { resolve(value: unknown): void; reject(error: CoreloomError): void } | null = null;
  let gone: CoreloomError | null = null;
  const settle = (reply: Reply): void => {
    const asked = waiting;
    waiting = null;
    if (reply.ok) asked?.resolve(reply.value);
    else asked?.reject(new CoreloomError('internal', reply.message));
  };
  const lost = (why: string, signal: string | null = null): void => {
    gone ??= new SideLost(`${name}'s lab process ended: ${why}.`, signal);
    waiting?.reject(gone);
    waiting = null;
  };
  assertSideRoom(name);
  const link = start(settle);
  const { child, send } = link;
  makeExpendable(child.pid);
  const unwatch = watchSuspended(child.pid, (why) => {
    lost(why);
    endGroup(link);
  });
  child.once('error', (error) => {
    lost(error.message);
  });
  child.once('exit', (code, signal) => {
    unwatch();
    lost(signal ?? `exit code ${String(code)}`, signal);
    endGroup(link);
    link.tidy?.();
  });
  unref(child);
  return {
    startedMs,
    get ended() {
      return gone !== null;
    },
    ask: (ask) =>
      new Promise((resolve, reject) => {
        if (gone !== null) {
          reject(gone);
          return;
        }
        waiting = {
          resolve: (value) => {
            resolve(value as never);
          },
          reject,
        };
        send(ask);
      }),
    end() {
      unwatch();
      lost('it was told to');
      endGroup(link);
      child.kill('SIGKILL');
      link.tidy?.();
    },
  };
}

/** With one worker beside it. Throws `worker-limit`. */
function assertSideRoom(name: string): void {
  const none = noRoomFor({
    ...NODE_PROCESS,
    what: 'a lab process with a worker',
    threads: 2 * NODE_PROCESS.threads,
  });
  if (none !== null)
    throw new CoreloomError(
      'worker-limit',
      `${name}'s lab process could not be started, because ${limitWords(none)}; raise that limit.`,
      none,
    );
}

/** The engine's end is not held up by it: it ends with the engine. */
function unref(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of child.stdio) (stream as Socket | null | undefined)?.unref();
}

/** All that it started ends with it: it leads a group of its own, where the system has groups. */
function endGroup({ child: { pid }, fatal }: Link): void {
  for (const signal of fatal) signalGroup(pid, signal);
}
