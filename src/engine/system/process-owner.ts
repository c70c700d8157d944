import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './error-code';

/** What the number of a process belongs to, and what tells it from a later process with that number. */
interface Owner {
  machine: string;
  /** Changes with each start of the machine. */
  boot: string;
  /** Containers number their processes by themselves. */
  namespace: string;
  pid: number;
  /** When the process started, in ticks since the machine did (base 36, since paths of sockets are short); `0` where only Linux would tell. */
  start: string;
}

/** What `ownerName` answers, to be part of other patterns. */
export const OWNER_PATTERN = '[0-9a-f]{6}-[0-9a-f]{6}-[0-9a-z]+-\\d+-[0-9a-z]+';

let own: Owner | null = null;

/** Names this process in the names of its files and folders, so that a later process can tell whether their owner has ended. */
export function ownerName(): string {
  const { machine, boot, namespace, pid, start } = self();
  return [machine, boot, namespace, String(pid), start].join('-');
}

/** Whether the process of a name has ended; null where that cannot be seen from here: on another machine, in another container. */
export function ownerEnded(name: string): boolean | null {
  const [machine = '', boot = '', namespace = '', pid = '', start = ''] = name.split('-');
  const here = self();
  if (machine !== here.machine) return null;
  if (boot !== here.boot) return true;
  return namespace === here.namespace ? hasEnded(Number(pid), start) : null;
}

/** The number of the process of a name, for people; undefined where it is no such name. */
export function pidOf(name: string): string | undefined {
  return name.split('-')[3];
}

/** Whether a process lives, be it somebody else's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return codeOf(error) === 'EPERM';
  }
}

function self(): Owner {
  return (own ??= {
    machine: shortened(`${hostname()} ${textOf('/etc/machine-id')}`),
    boot: shortened(textOf('/proc/sys/kernel/random/boot_id')),
    namespace: processNamespace(),
    pid: process.pid,
    start: statusOf(process.pid)?.start ?? '0',
  });
}

function hasEnded(pid: number, start: string): boolean {
  if (!isAlive(pid)) return true;
  const now = statusOf(pid);
  // Its number may have been given to another; who is a zombie waits for a parent that does not look.
  return now !== null && (now.state === 'Z' || (start !== '0' && now.start !== start));
}

/** Fields 3 and 22 of /proc/PID/stat, counted from behind the program's name, which may hold anything; null where it is not there. */
function statusOf(pid: number): { state: string; start: string } | null {
  const fields =
    textOf(`/proc/${String(pid)}/stat`)
      .split(') ')
      .at(-1)
      ?.split(' ') ?? [];
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? null : { state, start: Number(start).toString(36) };
}

/** Tells process ids of this system from those of containers that share a folder with it: they mean nothing here. */
function processNamespace(): string {
  try {
    return Number(readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')).toString(36);
  } catch {
    return '0';
  }
}

const shortened = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
