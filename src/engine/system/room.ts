import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { cgroupFolders } from './cgroup';
import { statFields } from './proc-stat';

/** What something that is to be started takes of the limits of the system. */
export interface Need {
  what: string;
  threads: number;
  /** Descriptors of this process. */
  files: number;
  /** Of this process's address space, MiB; a process of its own has one of its own. */
  addresses: number;
}

/** The main thread, V8's four, one for timers and one for signals, and four for files. With fewer Node aborts. */
export const NODE_PROCESS: Need = { what: 'a Node process', threads: 11, files: 6, addresses: 0 };
/** V8 reserves 590 to 850 MiB of addresses for each (Node 20 to 24), and aborts where it gets fewer. */
export const NODE_THREAD: Need = { what: 'a Node thread', threads: 1, files: 4, addresses: 1_024 };
/** With a thread that watches: Node's end, or the lock. */
export const PYTHON_PROCESS: Need = { what: 'a Python process', threads: 3, files: 6, addresses: 0 };
export const PYTHON_THREAD: Need = { what: 'a Python thread', threads: 1, files: 2, addresses: 0 };

/** Kept free for this process itself: to start its sampler or its guard again, to save the report, to answer a browser. */
const KEPT: Omit<Need, 'what'> = { threads: 12, files: 16, addresses: 512 };

/** The system has no room for one more process or thread, or would not after the next. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly code = 'EAGAIN';
}

/**
 * Throws `NoRoom` where this is not to be started: a process of Node that gets too few threads aborts, at its start or
 * later, and so would this one. Only Linux tells; elsewhere the system's own refusal has to do.
 */
export function assertRoom(need: Need): void {
  const none = noRoomFor(need);
  if (none !== null) throw none;
}

/** Why this is not to be started; null where it may be. */
export function noRoomFor(need: Need): NoRoom | null {
  if (process.platform !== 'linux') return null;
  const tight = [...threadLimits(), ...fileLimits(), ...addressLimits()].find(
    ({ left, of }) => need[of] > 0 && left < need[of] + KEPT[of],
  );
  if (tight === undefined) return null;
  return new NoRoom(tightWords(tight, need));
}

/** A limit that leaves too little, with how much that is, what is needed, and what is kept. */
export function tightWords({ words, of, left }: Limit, need: Need): string {
  const amount = (count: number): string => `${String(count)}${of === 'addresses' ? ' MiB' : ''}`;
  return `${words}, and only ${amount(Math.max(0, left))} are left (${need.what} needs ${amount(need[of])}, and Coreloom keeps ${amount(KEPT[of])} for itself)`;
}

let threadsStarting = 0;

/** Counts the addresses that a thread that was just started will take, until it has. */
export function startedThread(thread: Worker): void {
  threadsStarting++;
  const taken = (): void => {
    threadsStarting--;
    thread.off('online', taken).off('exit', taken);
  };
  thread.on('online', taken).on('exit', taken);
}

/** Processes that were started and have not all of their threads yet, with how many those will be. */
const starting = new Map<number, number>();

/** Counts what a process that was just started will take, until it has. */
export function startedWith(pid: number | undefined, { threads }: Need): void {
  if (pid !== undefined && process.platform === 'linux') starting.set(pid, threads);
}

const REFUSALS = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ERR_WORKER_INIT_FAILED'];

/** Whether the system refused something for want of room: processes, threads, handles, memory. */
export function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return REFUSALS.some((refusal) => refusal === code);
}

/** Whether what another language said of a failed start means the same. */
export function saysRefusal(text: string): boolean {
  return CODES.test(text);
}

const CODES =
  /\b(EAGAIN|EMFILE|ENFILE|ENOMEM|ERR_WORKER_INIT_FAILED)\b|Resource temporarily unavailable|can't start new thread/;

/** The limit that a refusal speaks of, in words for a sentence; what was said where it speaks of none. */
export function limitWords(error: unknown): string {
  if (error instanceof NoRoom) return error.message;
  const said = error instanceof Error ? error.message : String(error);
  const found = CODES.exec(said);
  if (found === null) return said.replace(/\.$/, '');
  const [, code] = found;
  if (code === 'EMFILE') return `this process is limited to ${softLimit('open files')} open files (ulimit -n)`;
  if (code === 'ENFILE') return 'the system has no more open files (fs.file-max)';
  if (code === 'ENOMEM') return memoryWords();
  const tight = process.platform === 'linux' ? threadLimits().find(({ left }) => left < NEAR) : undefined;
  return tight?.words ?? `the system does not start more processes and threads (${said.replace(/\.$/, '')})`;
}

/** A limit with fewer left than this is the one that was met. */
const NEAR = 32;

/** Whether a limit of processes and threads is so near that whatever ends as it starts may have met it. */
export function threadsAreScarce(): boolean {
  return process.platform === 'linux' && threadLimits().some(({ left }) => left < NEAR);
}

/** Whether this process, and those that it starts, may have so much memory and no more. */
export function memoryIsLimited(): boolean {
  return addressLimit() !== null;
}

function memoryWords(): string {
  const limit = addressLimit();
  return limit === null ? 'the system has no more memory' : addressWords(limit);
}

interface Limit {
  words: string;
  of: 'threads' | 'files' | 'addresses';
  left: number;
}

function threadLimits(): Limit[] {
  const coming = threadsToCome();
  const groups = groupFolders().flatMap((folder) => groupLimit(folder) ?? []);
  return [...userLimit(), ...groups].map(({ words, left }) => ({ words, of: 'threads', left: left - coming }));
}

/** Above this many left, counting what a user has is not worth its time. */
const AMPLE = 1_000;

/** RLIMIT_NPROC (setrlimit(2)): of the user's threads, and not for root, nor who may exceed it. */
function userLimit(): { words: string; left: number }[] {
  const limit = Number(softLimit('processes'));
  if (Number.isNaN(limit) || mayExceed()) return [];
  // All threads of the system, of which the user's are some (proc_loadavg(5)).
  const all = Number(/\/(\d+)/.exec(read('/proc/loadavg') ?? '')?.[1] ?? NaN);
  const left = limit - all >= AMPLE ? limit - all : limit - ownThreads();
  return [{ words: `this user is limited to ${String(limit)} processes and threads (ulimit -u)`, left }];
}

/** CAP_SYS_ADMIN and CAP_SYS_RESOURCE (capabilities(7)). */
const EXCEEDING = (1n << 21n) | (1n << 24n);

function mayExceed(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(read('/proc/self/status') ?? '')?.[1] ?? '0';
  return process.getuid?.() === 0 || (BigInt(`0x${effective}`) & EXCEEDING) !== 0n;
}

function ownThreads(): number {
  const user = process.getuid?.();
  return readdirSync('/proc').reduce(
    (sum, name) => (/^\d/.test(name) && ownerOf(name) === user ? sum + (threadsOf(name) ?? 0) : sum),
    0,
  );
}

function ownerOf(pid: string): number | null {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid ?? null;
}

/** Null for what has ended. */
function threadsOf(pid: string): number | null {
  const stat = read(`/proc/${pid}/stat`);
  // The 20th.
  const count = Number(stat === null ? NaN : statFields(stat)[17]);
  return Number.isNaN(count) ? null : count;
}

function threadsToCome(): number {
  let sum = 0;
  for (const [pid, wanted] of starting) {
    const has = threadsOf(String(pid));
    if (has === null || has >= wanted) starting.delete(pid);
    else sum += wanted - has;
  }
  return sum;
}

let groups: string[] | null = null;

/** The folders of this process's control groups for processes and threads, which it seldom leaves. */
function groupFolders(): string[] {
  const folders = (groups ??= (() => {
    const of = cgroupFolders(read);
    return [...of('cgroup', 'pids'), ...of('cgroup2', null)];
  })());
  return folders;
}

/** The kernel's pids controller (cgroups(7)); null where a group sets no limit. */
function groupLimit(folder: string): { words: string; left: number } | null {
  const limit = Number(read(join(folder, 'pids.max')) ?? NaN);
  const current = Number(read(join(folder, 'pids.current')) ?? NaN);
  if (Number.isNaN(limit) || Number.isNaN(current)) return null;
  return {
    words: `the cgroup is limited to ${String(limit)} processes and threads (${join(folder, 'pids.max')})`,
    left: limit - current,
  };
}

/** More files than this no number of workers takes. */
const MANY_FILES = 2 ** 15;

function fileLimits(): Limit[] {
  const limit = Number(softLimit('open files'));
  if (Number.isNaN(limit) || limit > MANY_FILES) return [];
  const left = limit - readdirSync('/proc/self/fd').length;
  return [{ words: `this process is limited to ${String(limit)} open files (ulimit -n)`, of: 'files', left }];
}

function addressWords(limit: number): string {
  return `this process is limited to an address space of ${String(Math.round(limit))} MiB (ulimit -v)`;
}

/** RLIMIT_AS (setrlimit(2)), MiB; null where there is none. */
function addressLimit(): number | null {
  const bytes = Number(softLimit('address space'));
  return Number.isNaN(bytes) ? null : bytes / 2 ** 20;
}

function addressLimits(): Limit[] {
  const limit = addressLimit();
  // In KiB (proc_pid_status(5)).
  const taken = Number(/^VmSize:\s*(\d+)/m.exec(read('/proc/self/status') ?? '')?.[1] ?? NaN) / 2 ** 10;
  if (limit === null || Number.isNaN(taken)) return [];
  const left = Math.floor(limit - taken - threadsStarting * NODE_THREAD.addresses);
  return [{ words: addressWords(limit), of: 'addresses', left }];
}

/** A limit of this process as it stands in /proc/self/limits: a number, or `unlimited`. */
function softLimit(name: string): string {
  return new RegExp(`^Max ${name}\\s+(\\S+)`, 'm').exec(read('/proc/self/limits') ?? '')?.[1] ?? 'unlimited';
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
