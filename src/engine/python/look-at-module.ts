import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { makeExpendable } from '../system/expendable';
import { childrenOf, endOffspring, tagOf, withTag } from '../system/offspring';
import { signalGroup } from '../system/process-group';
import { noRoomFor, PYTHON_PROCESS } from '../system/room';
import { moduleEnvironment } from './environment';

/** Python ends itself at the limit and says where it was; where it cannot, it is ended this much later. */
const SPARE_MS = 1500;
/** After its end the rest of what it said is read; should somebody keep its streams, no longer than this. */
const LAST_WORDS_MS = 200;
/** What a process says before it dies of something is at the end. */
const KEPT_CHARACTERS = 8_000;
/** The longest answer: far above any inputs that a run could send to its workers, and within what one text can hold. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

interface LookRequest {
  path: string;
  seed: number;
  /** Null where none was chosen: the module's default. */
  size: number | null;
  /** How many inputs are taken at most. */
  most: number;
  limitMs: number;
}

export interface LookOptions {
  /** Python: a program and its first arguments. */
  command: readonly string[];
  /** The folder of the host: resources/python. */
  hostFolder: string;
  request: LookRequest;
}

/** How looking at a module ended: with one line of JSON, or without; `errors` is what Python itself said last. */
export type Looked =
  | { type: 'answered'; text: string }
  | { type: 'exit'; code: number | null; signal: string | null; errors: string }
  | { type: 'limit' }
  | { type: 'too-long'; most: number }
  | { type: 'not-started'; error: Error };

/** Starts a Python that loads a module and says what it exports. It and what it started are gone when this resolves. */
export function lookAtModule({ command, hostFolder, request }: LookOptions): Promise<Looked> {
  const [program = '', ...first] = command;
  const none = noRoomFor(PYTHON_PROCESS);
  if (none !== null) return Promise.resolve({ type: 'not-started', error: none });
  const run = randomUUID();
  const child = spawn(program, [...first, join(hostFolder, 'look.py')], {
    env: withTag(moduleEnvironment(), run, 0),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  makeExpendable(child.pid);
  return new Promise((resolve) => {
    let answer = '';
    let errors = '';
    const end = (looked: Looked): void => {
      clearTimeout(limit);
      const started = childrenOf(child.pid ?? 0);
      signalGroup(child.pid, 'SIGKILL');
      child.kill('SIGKILL');
      endOffspring(tagOf(run), started);
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      resolve(looked);
    };
    const limit = setTimeout(() => {
      end({ type: 'limit' });
    }, request.limitMs + SPARE_MS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer.length > MOST_CHARACTERS) return end({ type: 'too-long', most: MOST_CHARACTERS });
      if (text.endsWith('\n')) end({ type: 'answered', text: answer });
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-KEPT_CHARACTERS);
    });
    child.once('error', (error) => {
      end({ type: 'not-started', error });
    });
    const ended = (code: number | null, signal: string | null): void => {
      end({ type: 'exit', code, signal, errors });
    };
    child.once('close', ended);
    child.once('exit', (code, signal) => {
      setTimeout(ended, LAST_WORDS_MS, code, signal).unref();
    });
    // A program that is not there closes it at once; `error` says so.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(request)}\n`);
  });
}
