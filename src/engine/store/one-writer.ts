import { closeSync, lstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CoreloomError } from '../../contract';
import { nowMs } from '../system/clock';
import { codeOf } from '../system/error-code';
import { ownerEnded, ownerName, OWNER_PATTERN, pidOf } from '../system/process-owner';

/** Changes of saved reports are made one at a time, in this process and across those that share the folder. */
export interface OneWriter {
  /** Makes a change when its turn has come. Errors: its own; `not-writable` where no turn comes. */
  inTurn<T>(change: () => Promise<T>): Promise<T>;
}

export interface Patience {
  /** How long one and the same holder is waited for, and how long in all, ms. */
  heldMs: number;
  totalMs: number;
}

const PATIENCE: Patience = { heldMs: 10_000, totalMs: 60_000 };
/** Age, by the clock of the files, from which a lock is abandoned whose owner cannot be looked at from here, ms. */
const FOREIGN_MS = 60_000;
const POLL_MS = 10;

/** The last change of each folder in this process: waiting for it polls no file. */
const last = new Map<string, Promise<unknown>>();

/** One writer for the reports in a folder. The lock is a file in it that only one process can make. */
export function oneWriter(folder: string, patience: Patience = PATIENCE): OneWriter {
  return {
    inTurn(change) {
      const before = last.get(folder) ?? Promise.resolve();
      const result = before.then(() => locked(folder, patience, change));
      const over = result.then(noted, noted);
      last.set(folder, over);
      return result;
    },
  };
}

const noted = (): void => {};

async function locked<T>(folder: string, patience: Patience, change: () => Promise<T>): Promise<T> {
  const release = await acquire(folder, patience);
  try {
    return await change();
  } finally {
    await release();
  }
}

/** Waits until the lock is ours; answers what gives it back. Where there is no folder there is nothing to lock. */
async function acquire(folder: string, { heldMs, totalMs }: Patience): Promise<() => Promise<void>> {
  const path = join(folder, '.lock');
  const mine = `${ownerName()}-${randomBytes(6).toString('hex')}`;
  const startedMs = nowMs();
  let [holder, sinceMs] = ['', startedMs];
  for (;;) {
    const refused = made(path, mine);
    if (refused === null) return () => released(path, mine);
    if (refused === 'ENOENT') return () => Promise.resolve();
    if (!isTaken(refused))
      throw new CoreloomError(
        'not-writable',
        `The saved reports in "${folder}" cannot be changed (${refused}): it must be a folder that you may write to.`,
      );
    const text = read(path);
    if (text !== holder) [holder, sinceMs] = [text, nowMs()];
    if (isAbandoned(path, text)) broken(path, text);
    if (nowMs() - sinceMs > heldMs || nowMs() - startedMs > totalMs) throw busy(folder, path, text);
    await wait(POLL_MS * (0.5 + Math.random()));
  }
}

/** Makes the lock file; answers why not, or null. On a full disk it may stay empty, and is held all the same. */
function made(path: string, text: string): string | null {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, text);
    } catch {
      // Its age tells when it is abandoned.
    } finally {
      closeSync(file);
    }
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** Windows says so too of a file that is being removed, or looked at by a scanner. */
const isTaken = (code: string): boolean =>
  code === 'EEXIST' || (process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code));

async function released(path: string, mine: string): Promise<void> {
  // Somebody who could not look at this process may have taken it for dead.
  if (!['', mine].includes(read(path))) return;
  for (let tried = 1; !removed(path) && tried < 20; tried++) await wait(POLL_MS * 5);
}

function removed(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const OWNER = new RegExp(`^(${OWNER_PATTERN})-[0-9a-f]{12}$`);
const ownerOf = (text: string): string => OWNER.exec(text)?.[1] ?? '';

/** Whether the process that made a lock has ended; of one that cannot be looked at from here, whether the lock is too old. */
function isAbandoned(path: string, text: string): boolean {
  const owner = ownerOf(text);
  // This process holds none while it waits for one: where nothing tells when processes started, that one had its number.
  return owner === ownerName() || (ownerEnded(owner) ?? Math.abs(ageMs(path)) > FOREIGN_MS);
}

const ageMs = (path: string): number =>
  Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

/** Removes an abandoned lock: one process at a time, and only while it is the one that was looked at. */
function broken(path: string, seen: string): void {
  const breaker = `${path}-breaking`;
  if (made(breaker, '') !== null) {
    // It is held for a moment only; a process that was killed in that moment left it.
    if (Math.abs(ageMs(breaker)) > FOREIGN_MS) removed(breaker);
    return;
  }
  if (read(path) === seen) removed(path);
  removed(breaker);
}

function busy(folder: string, path: string, text: string): CoreloomError {
  const pid = pidOf(ownerOf(text));
  const who = pid === undefined ? 'Another program' : `Another Coreloom (process ${pid})`;
  return new CoreloomError(
    'not-writable',
    `${who} has locked the saved reports in "${folder}": close it and try again. If it is no longer running, delete "${path}".`,
  );
}
