import type { ChildProcess } from 'node:child_process';
import { CoreloomError, duration, plural } from '../../contract';
import { forkNode } from '../fork-node';
import { toldOfDeath } from '../system/parent-death';
import { NODE_PROCESS, limitWords, noRoomFor } from '../system/room';
import { createSilenceWatch } from '../silence';
import type { PrepareRequest } from './workload';

/** A machine under load takes a second to start a process; one that takes this long will not do it. */
const START_LIMIT_MS = 15_000;
/** A server that ends more often has a reason that stays. */
const MOST_RESTARTS = 5;
/** It says every second that it is there; one that is silent for so long is suspended, not slow. */
const SILENCE_MS = 10_000;

/** What a process needs to be found and to speak plainly; nothing of what the user keeps in the environment. */
const PASSED_ON = ['PATH', 'SystemRoot', 'SYSTEMROOT', 'windir', 'TEMP', 'TMP', 'TMPDIR'];

/** The server of one run, on loopback, in a process of its own (entry/http-server.ts). */
export interface HttpServer {
  port: number;
  /** Of the process that is there now. */
  readonly pid: number;
  /** Ends it; resolves when it is gone. Idempotent. */
  stop(): Promise<void>;
}

export type ServerRequest = Pick<PrepareRequest, 'signal' | 'warn' | 'gone'> & {
  entries: Pick<PrepareRequest['entries'], 'httpServer'>;
  silenceMs?: number;
};

/**
 * Starts the server of a run; answers once it listens. One that ends is started again on its port, a bounded number of
 * times. Throws `not-available` where it cannot be started. Should this process be killed, it ends by itself.
 */
export async function startHttpServer(request: ServerRequest): Promise<HttpServer> {
  const none = noRoomFor(NODE_PROCESS);
  if (none !== null) throw notStarted(`${limitWords(none)}; raise that limit`);
  const keeper = new Keeper(request);
  await keeper.start(request.signal).catch(async (error: unknown) => {
    await keeper.stop();
    throw error;
  });
  return {
    port: keeper.port,
    get pid() {
      return keeper.pid;
    },
    stop: () => keeper.stop(),
  };
}

interface Process {
  child: ChildProcess;
  /** How it ended, in words; resolves then. */
  gone: Promise<string>;
}

/** Keeps one process of the server running. */
class Keeper {
  /** 0 before the first process listens. */
  port = 0;
  readonly #request: ServerRequest;
  readonly #stopped = new AbortController();
  readonly #silence;
  #process: Process | null = null;
  #silent = false;
  #restarts = 0;

  constructor(request: ServerRequest) {
    this.#request = request;
    this.#silence = createSilenceWatch(request.silenceMs ?? SILENCE_MS, () => {
      this.#silent = true;
      this.#process?.child.kill('SIGKILL');
    });
  }

  get pid(): number {
    return this.#process?.child.pid ?? 0;
  }

  /** Starts a process on the port that tasks know, any at first. It is ended where that fails. */
  async start(signal: AbortSignal): Promise<void> {
    const started = startProcess(this.#request.entries.httpServer, this.port);
    this.#process = started;
    const { child, gone } = started;
    child.on('message', () => {
      this.#silence.heard();
    });
    try {
      this.port = await portOf(child, signal);
    } catch (error) {
      this.#silence.rest();
      child.kill('SIGKILL');
      await gone;
      throw error;
    }
    void gone.then((how) => this.#ended(how));
    // The run keeps this program alive, not its server.
    child.unref();
    child.channel?.unref();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#silence.stop();
    this.#process?.child.kill('SIGKILL');
    await this.#process?.gone;
  }

  async #ended(how: string): Promise<void> {
    this.#silence.rest();
    if (this.#stopped.signal.aborted) return;
    const said = this.#silent ? 'did not respond and was ended' : how;
    this.#silent = false;
    const server = `The test server ${said}`;
    if (this.#restarts === MOST_RESTARTS) {
      this.#request.gone?.(
        new CoreloomError(
          'not-available',
          `${server} after ${plural(MOST_RESTARTS, 'restart')}, so the run cannot continue.`,
        ),
      );
      return;
    }
    this.#restarts += 1;
    try {
      await this.start(this.#stopped.signal);
      this.#request.warn?.(
        `${server} and was restarted (${String(this.#restarts)} of at most ${plural(MOST_RESTARTS, 'time')}); pending requests were sent again and took longer.`,
      );
    } catch (error) {
      if (!this.#stopped.signal.aborted)
        this.#request.gone?.(error instanceof CoreloomError ? error : new CoreloomError('internal', String(error)));
    }
  }
}

function startProcess(entry: string, port: number): Process {
  const child = forkNode(entry, [String(port)], {
    ...toldOfDeath('KILL'),
    env: environment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with exit code ${String(code)}` : `was ended by signal ${signal}`),
    );
    child.once('error', (error) =>
      child.pid === undefined ? resolve(`could not be started: ${error.message}`) : undefined,
    );
  });
  return { child, gone };
}

function portOf(child: ChildProcess, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(notStarted(reason));
    const timer = setTimeout(() => fail(`it was not ready after ${duration(START_LIMIT_MS)}`), START_LIMIT_MS);
    const abort = (): void =>
      reject(new CoreloomError('cancelled', 'The run was stopped while its test server was starting.'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    child.once('message', ({ port }: { port: number }) => resolve(port));
    child.once('error', (error) => fail(limitWords(error)));
    child.once('exit', (code, by) => fail(`it ended with ${by === null ? `exit code ${code}` : `signal ${by}`}`));
    child.once('message', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    });
    child.once('exit', () => clearTimeout(timer));
  });
}

function notStarted(reason: string): CoreloomError {
  return new CoreloomError('not-available', `The test server could not be started: ${reason}.`);
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
