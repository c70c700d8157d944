import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { EarlyLines } from '../system/early-lines';
import { forkNode } from '../fork-node';
import { toldOfDeath } from '../system/parent-death';
import { readLines } from '../system/read-lines';
import { assertRoom, limitWords, NODE_PROCESS, startedWith, type Need } from '../system/room';
import type { FromSampler, ToSampler } from './messages';

/** How a sampler's process ended, in words. */
interface ChildEnd {
  how: string;
  /** The system had no room for it, nor would it have for another. */
  refused?: boolean;
}

/** One process of the sampler. */
export interface SamplerChild {
  send(message: ToSampler): void;
  /** Ends it at once, also where it is suspended. */
  kill(): void;
  /** Ends it: closes the channel, and kills it where it does not go by itself. */
  end(): Promise<void>;
}

export interface ChildListeners {
  onMessage: (message: FromSampler) => void;
  /** Called once, whatever ended it. */
  onEnd: (end: ChildEnd) => void;
}

export type StartChild = (entry: string, listeners: ChildListeners) => SamplerChild;

/** With its slow thread, and with what systeminformation starts. */
const SAMPLER: Need = { ...NODE_PROCESS, what: 'the sampler', threads: 16 };

const END_DEADLINE_MS = 1000;
/** What programs need to be found and to speak plainly; nothing of what the user keeps in the environment. */
const PASSED_ON = ['PATH', 'SystemRoot', 'windir', 'PATHEXT', 'ComSpec', 'TEMP', 'TMP', 'TMPDIR'];

function minimalEnvironment(): NodeJS.ProcessEnv {
  const kept = PASSED_ON.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** A program that it started may hold its standard error open for longer than it lives. */
const LAST_WORDS_MS = 200;

/** Resolves once, with how it ended. ('close' does not come where the parent closed the channel; 'exit' does.) */
function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(`could not be started: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      const how = signal === null ? `ended with exit code ${String(code)}` : `was ended by signal ${signal}`;
      const timer = setTimeout(resolve, LAST_WORDS_MS, how);
      const heard = (): void => {
        clearTimeout(timer);
        resolve(how);
      };
      if (child.stderr === null || child.stderr.readableEnded) heard();
      else child.stderr.once('end', heard);
    });
  });
}

/** From its first moment: on a machine that is busy with the load it would take seconds to start like any other. */
function raisePriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch {
    // Not allowed here: samples may come later than planned, which each of them says.
  }
}

/** Forks the sampler's process. */
export const forkChild: StartChild = (entry, { onMessage, onEnd }) => {
  assertRoom(SAMPLER);
  const child: ChildProcess = forkNode(entry, [], {
    ...toldOfDeath('KILL'),
    env: minimalEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  startedWith(child.pid, SAMPLER);
  raisePriority(child.pid);
  let complaint = '';
  const early = new EarlyLines((text) => (complaint = `${complaint}${text}\n`.slice(-2000)));
  readLines(child.stderr, (text) => {
    early.add(text);
  });
  child.once('message', () => {
    early.release();
  });
  child.on('message', onMessage);
  const gone = ended(child).then((how) => {
    const refusal = early.refusal(child.signalCode);
    if (refusal !== null) {
      onEnd({ how: `could not be started, because ${limitWords(refusal)}`, refused: true });
      return;
    }
    const said = complaint.split('\n').find((line) => /error/i.test(line));
    onEnd({ how: said === undefined ? how : `${how} (${said.trim()})` });
  });

  return {
    send(message) {
      // An answer by callback keeps a channel that closed meanwhile from being an unhandled error.
      if (child.connected) child.send(message, () => {});
    },
    kill() {
      child.kill('SIGKILL');
    },
    async end() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), END_DEADLINE_MS);
      await gone;
      clearTimeout(timer);
    },
  };
};
