import { fork, type ChildProcess } from 'node:child_process';
import { CoreloomError } from '../../contract';
import { toldOfDeath } from '../parent-death';

/** A machine under load takes a second to start a process; one that takes this long will not do it. */
const START_LIMIT_MS = 15_000;

/** What a process needs to be found and to speak plainly; nothing of what the user keeps in the environment. */
const PASSED_ON = ['PATH', 'SystemRoot', 'SYSTEMROOT', 'windir', 'TEMP', 'TMP', 'TMPDIR'];

/** The server of one run, on loopback, in a process of its own (entry/http-server.ts). */
export interface HttpServer {
  port: number;
  pid: number;
  /** Ends it; resolves when it is gone. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts the server of a run; answers once it listens. Throws `not-available` where it cannot be started. Should this
 * process be killed, it ends by itself.
 */
export async function startHttpServer(entry: string, signal: AbortSignal): Promise<HttpServer> {
  // A path as a string: Electron's own hook is bypassed by a URL.
  const child = fork(entry, [], { ...toldOfDeath('KILL'), env: environment(), stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => (child.pid === undefined ? resolve() : undefined));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  try {
    const port = await portOf(child, signal);
    // The run keeps this program alive, not its server.
    child.unref();
    child.channel?.unref();
    return { port, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portOf(child: ChildProcess, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new CoreloomError('not-available', `The server that tasks send requests to could not be started: ${reason}.`));
    const timer = setTimeout(() => fail(`it was not ready after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    const abort = (): void => reject(new CoreloomError('cancelled', 'The run was stopped while its server was started.'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    child.once('message', ({ port }: { port: number }) => resolve(port));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, by) => fail(`it ended with ${by === null ? `exit code ${code}` : `signal ${by}`}`));
    child.once('message', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    });
    child.once('exit', () => clearTimeout(timer));
  });
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
