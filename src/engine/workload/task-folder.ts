import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { CoreloomError } from '../../contract';
import { isAlive, removeQuietly } from '../owned-folder';

/**
 * Where a worker's files live: `<temporary folder>/coreloom-files-<pid of the engine>/<pid of the worker>-<thread>`. A
 * folder for each worker, as workers that share one would wait for each other's changes to it; one above them for each
 * engine, so that whatever killed workers left behind is found by name.
 */
const PREFIX = 'coreloom-files-';
/** A folder that changed this recently is in use, even if its engine cannot be seen from here (in a container). */
const SETTLED_MS = 10_000;

let ready: string | null = null;

/** The folder of this worker, made at the first call. Throws `not-writable`. */
export function workerFolder(): string {
  if (ready === null) {
    removeLeftovers();
    ready = makeWorkerFolder();
    process.once('exit', removeWorkerFolder);
  }
  return ready;
}

/** Makes this worker's folder again, where something (a cleaner of temporary files) removed it. Throws `not-writable`. */
export function restoreWorkerFolder(): void {
  makeWorkerFolder();
}

/** The path of a file of this engine (this process) that its workers read; the folder is made. Throws `not-writable`. */
export function engineFile(name: string): string {
  removeLeftovers();
  return join(madeFolder(engineFolder(process.pid)), name);
}

/** Removes what the workers of this engine (this process) left behind. Never throws. */
export function removeEngineFolder(): void {
  removeQuietly(engineFolder(process.pid));
}

/** Removes folders of engines that are no more: those that were killed could not do it. Never throws. */
function removeLeftovers(): void {
  for (const name of listed(tmpdir())) {
    const enginePid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : NaN;
    if (!Number.isInteger(enginePid) || isAlive(enginePid)) continue;
    const folder = engineFolder(enginePid);
    if (!changedLately(folder)) removeQuietly(folder);
  }
}

function engineFolder(enginePid: number): string {
  return join(tmpdir(), `${PREFIX}${enginePid}`);
}

function makeWorkerFolder(): string {
  // A thread lives in the engine's process, a forked worker is its child.
  return madeFolder(join(engineFolder(isMainThread ? process.ppid : process.pid), `${process.pid}-${threadId}`));
}

function madeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CoreloomError('not-writable', `The folder ${folder} for the files of tasks cannot be made: the system's temporary folder must be writable.`, error);
  }
  return folder;
}

function removeWorkerFolder(): void {
  if (ready === null) return;
  removeQuietly(ready);
  removeIfEmpty(dirname(ready));
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Other workers' folders are still in it: the last one out removes it.
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function changedLately(folder: string): boolean {
  try {
    return Date.now() - statSync(folder).mtimeMs < SETTLED_MS;
  } catch {
    return true;
  }
}
