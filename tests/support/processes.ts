import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Running {
  child: ChildProcess;
  pid: number;
  ended: Promise<Ended>;
  /** Resolves with the match once standard output (or error) has it; rejects when the process ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Signals its whole process group, as a terminal's Ctrl-C does. */
  signalGroup(signal: NodeJS.Signals): void;
}

/** A real process in a group of its own, killed with the test should it still run. */
export function start(program: string, args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    ...options,
  });
  const pid = child.pid ?? 0;
  const text = { out: '', err: '' };
  const listeners = new Set<() => void>();
  for (const [key, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text[key] += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, ...text });
    });
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) signalGroup(pid, 'SIGKILL');
  });
  return {
    child,
    pid,
    ended,
    signalGroup: (signal) => {
      signalGroup(pid, signal);
    },
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text.out) ?? pattern.exec(text.err);
          if (found !== null) resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(({ code, out, err }) => {
          reject(new Error(`It ended with ${String(code)} and never said ${String(pattern)}:\n${out}\n${err}`));
        });
      }),
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  process.kill(process.platform === 'win32' ? pid : -pid, signal);
}

/** Every process beneath `pid` (Linux; elsewhere none is found). */
export function descendants(pid: number): number[] {
  const children = childrenOfAll();
  const beneath = (of: number): number[] => (children.get(of) ?? []).flatMap((child) => [child, ...beneath(child)]);
  return beneath(pid);
}

/** Whether the kernel lists the children of a thread (CONFIG_PROC_CHILDREN). */
const HAS_CHILDREN = existsSync(`/proc/self/task/${String(process.pid)}/children`);

/**
 * As `descendants`, by what the kernel says of these processes alone: for those who look many times a second: reading the
 * table of all processes so often costs a fifth of a core. A process that ends meanwhile may hide another for one look.
 */
export function descendantsAtALook(pid: number): number[] {
  if (!HAS_CHILDREN) return descendants(pid);
  return childrenOf(pid).flatMap((child) => [child, ...descendantsAtALook(child)]);
}

function childrenOf(pid: number): number[] {
  try {
    const threads = `/proc/${String(pid)}/task`;
    return readdirSync(threads).flatMap((thread) =>
      (readFileSync(`${threads}/${thread}/children`, 'latin1').match(/\d+/g) ?? []).map(Number),
    );
  } catch {
    return [];
  }
}

function childrenOfAll(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function parentOf(pid: string): number | null {
  try {
    // The name in parentheses may hold anything; the state and the parent follow its last one.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null;
  }
}

/** Whether a process still runs; one that has ended and that nobody has buried yet, as is so for long where the first process of a machine is lazy, does not. */
export function isRunning(pid: number): boolean {
  try {
    if (process.platform === 'linux') return !/\) [ZX] /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
