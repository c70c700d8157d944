import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { duration, START_METHODS, type StartMethod } from '../../../contract';
import { signalGroup } from '../../system/process-group';
import { isRefusal, limitWords, noRoomFor, PYTHON_PROCESS, type Need } from '../../system/room';
import { promptEnvironment } from '../environment';
import type { PythonInterpreter } from '../types';
import type { Candidate } from './candidates';

/** A cold start from a slow disk takes a second or two; what takes longer hangs. */
const LIMIT_MS = 10_000;
/** A shim starts a shell, and that others. */
const PROBE: Need = { ...PYTHON_PROCESS, threads: 4 };
/** More output than this is not from our probe. */
const LONGEST = 65_536;

/** A candidate that is no usable CPython, and why in one sentence. */
export interface Rejected {
  command: string[];
  source: string;
  reason: string;
  /** The system had no room for it, whatever it is. */
  refused?: boolean;
}

export type Probed = { ok: true; interpreter: PythonInterpreter } | ({ ok: false } & Rejected);

/** Starts a candidate once, with a time limit and without a shell, and hears from it what it is. Never rejects. */
export async function probe(
  candidate: Candidate,
  options: { hostFolder: string; limitMs?: number; platform?: NodeJS.Platform },
): Promise<Probed> {
  const reject = (reason: string): Probed & { ok: false } => ({
    ok: false,
    ...candidate,
    reason: `${candidate.command.join(' ')} ${reason}`,
  });
  if ((options.platform ?? process.platform) === 'darwin' && isBareStub(candidate))
    return reject('only offers to install the developer tools; install Python itself.');
  const none = noRoomFor(PROBE);
  const said: Said =
    none !== null
      ? { state: 'not-started', error: none }
      : await run(candidate.command, join(options.hostFolder, 'probe.py'), options.limitMs ?? LIMIT_MS);
  if (said.state === 'not-started' && isRefusal(said.error))
    return { ...reject(`cannot be started, because ${limitWords(said.error)}; raise that limit.`), refused: true };
  if (said.state === 'not-started')
    return reject(`cannot be started (${said.error.message}); give the path of a Python of version 3.8 or newer.`);
  if (said.state === 'slow')
    return reject(`did not answer within ${duration(options.limitMs ?? LIMIT_MS)}; it hangs when it starts.`);
  const facts = said.facts;
  if (facts === null)
    return reject(
      stubSentence(candidate, said) ??
        `does not behave like Python (${said.lastLine === '' ? '' : `its last line was "${said.lastLine}"; `}it ended with ${said.how}); give the path of a Python of version 3.8 or newer.`,
    );
  return judged(candidate, facts, reject);
}

type Facts = Record<string, unknown>;

function judged(candidate: Candidate, facts: Facts, reject: (reason: string) => Probed): Probed {
  const version = String(facts.version);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 8)) return reject(`is Python ${version}; Coreloom needs 3.8 or newer.`);
  if (facts.implementation !== 'CPython')
    return reject(`is ${String(facts.implementation)}; Coreloom measures CPython.`);
  if (typeof facts.missing === 'string')
    return reject(`is Python ${version} with a broken standard library (${facts.missing}); install it again.`);
  const executable = String(facts.executable ?? '');
  const methods = Array.isArray(facts.startMethods) ? facts.startMethods : [];
  return {
    ok: true,
    interpreter: {
      command: executable === '' ? candidate.command : [executable],
      executable: String(facts.realPath ?? executable) || candidate.command.join(' '),
      version,
      build: String(facts.build),
      lockOn: facts.lockOn !== false,
      freeThreaded: facts.freeThreaded === true,
      interpreters: facts.interpreters === true,
      startMethods: methods.filter((method): method is StartMethod => START_METHODS.includes(method as StartMethod)),
      semaphores: facts.semaphores === true,
      source: candidate.source,
    },
  };
}

/** The system's own python3 of macOS is a stub that opens a dialog, unless developer tools are installed. */
function isBareStub({ command }: Candidate): boolean {
  const tools = ['/Library/Developer/CommandLineTools/usr/bin/python3', '/Applications/Xcode.app'];
  return command[0] === '/usr/bin/python3' && !tools.some((path) => existsSync(path));
}

/** Windows puts a python.exe on the PATH that only opens the store; it says so and exits with 9009. */
function stubSentence({ command }: Candidate, { how }: { how: string }): string | null {
  const stub = how === 'exit code 9009' || /[\\/]WindowsApps[\\/]/i.test(command[0] ?? '');
  return stub ? 'only offers to install Python from the Microsoft Store; install Python itself.' : null;
}

type Said =
  | { state: 'not-started'; error: Error }
  | { state: 'slow' }
  | { state: 'ended'; facts: Facts | null; how: string; lastLine: string };

function run([program = '', ...first]: string[], script: string, limitMs: number): Promise<Said> {
  return new Promise((resolve) => {
    let output = '';
    const take = (text: string): void => {
      if (output.length < LONGEST) output += text;
    };
    const child = spawn(program, [...first, script], {
      env: promptEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const timer = setTimeout(() => {
      end({ state: 'slow' });
    }, limitMs);
    const end = (said: Said): void => {
      clearTimeout(timer);
      // A shim's own children end with it.
      signalGroup(child.pid, 'SIGKILL');
      child.kill('SIGKILL');
      resolve(said);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', (error) => {
      end({ state: 'not-started', error });
    });
    child.once('close', (code, signal) => {
      const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
      end({
        state: 'ended',
        facts: factsIn(output),
        how,
        lastLine: output.trim().split('\n').at(-1)?.trim().replace(/\.$/, '') ?? '',
      });
    });
  });
}

/** Whatever a site's own start-up code prints around it is passed over. */
function factsIn(output: string): Facts | null {
  const line = /^coreloom-probe (\{.*\})\r?$/m.exec(output)?.[1];
  if (line === undefined) return null;
  try {
    return JSON.parse(line) as Facts;
  } catch {
    return null;
  }
}
