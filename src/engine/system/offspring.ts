import { readdirSync, readFileSync } from 'node:fs';
import { statFields } from './proc-stat';

/** What a worker's code starts inherits this variable, and is known by it whatever it becomes (its own session, an orphan). */
const TAG = 'CORELOOM_WORKER';

/**
 * Whether a worker that runs the user's code is to lead a group of its own, with which all that it started ends. Not on
 * Linux, where a session of its own would give a process a share of the cores beside all others together
 * (CONFIG_SCHED_AUTOGROUP), nor on Windows, where Node's own job does it.
 */
export const OWN_GROUP = process.platform !== 'linux' && process.platform !== 'win32';

/** A process, told from a later one with its number by when it started. */
export interface Child {
  pid: number;
  start: string;
}

/** The environment of one worker of a run: what its code starts is found by it. */
export function withTag(environment: NodeJS.ProcessEnv, run: string, worker: number): Record<string, string> {
  return { ...(environment as Record<string, string>), [TAG]: tagOf(run, worker) };
}

/** The tag of one worker, or of all of a run. */
export function tagOf(run: string, worker?: number): string {
  return worker === undefined ? `${run}.` : `${run}.${String(worker)}.`;
}

/** The run of the worker whose environment this is. */
export function runIn(environment: NodeJS.ProcessEnv): string | null {
  return environment[TAG]?.split('.')[0] ?? null;
}

/** Linux: the processes that a process started itself, or one thread of it. */
export function childrenOf(pid: number, tid: number | null = null): Child[] {
  if (process.platform !== 'linux' || pid === 0) return [];
  try {
    const tasks = `/proc/${String(pid)}/task`;
    const tids = tid === null ? readdirSync(tasks) : [String(tid)];
    const pids = tids.flatMap((one) => readFileSync(`${tasks}/${one}/children`, 'latin1').split(' ').filter(Boolean));
    return pids.flatMap((one) => seen(one) ?? []);
  } catch {
    // It has ended, or the kernel was built without.
    return [];
  }
}

/** A process that forks meanwhile is found by the next look. */
const LOOKS = 10;

/** Linux: ends at once the processes that have a tag, those that are given, and all beneath both, but never this one. */
export function endOffspring(tag: string, children: readonly Child[] = []): void {
  if (process.platform !== 'linux') return;
  for (let look = 0; look < LOOKS; look += 1) {
    const found = offspring(tag, children);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
  }
}

interface Seen extends Child {
  parent: number;
}

function offspring(tag: string, children: readonly Child[]): number[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d/.test(name) ? (seen(name) ?? []) : []));
  const starts = new Map(children.map(({ pid, start }) => [pid, start]));
  const found = new Set(
    all.filter(({ pid, start }) => starts.get(pid) === start || hasTag(pid, tag)).map(({ pid }) => pid),
  );
  // Children come after their parents but where numbers began again: until no more are found.
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return [...found];
}

/** Null for what has ended. */
function seen(pid: string): Seen | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The start is the 22nd.
    const [state, parent, ...rest] = statFields(stat);
    return state === 'Z' || state === 'X' ? null : { pid: Number(pid), parent: Number(parent), start: rest[17] ?? '' };
  } catch {
    return null;
  }
}

function hasTag(pid: number, tag: string): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'latin1').includes(`${TAG}=${tag}`);
  } catch {
    // Another user's, or gone.
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, or is another user's.
  }
}
