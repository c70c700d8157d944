import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './error-code';

/**
 * Makes a folder in `parent` that is named by this process, and removes those of the same name whose process has ended:
 * what was killed could not remove its own. `inUse` spares one that somebody else goes on using. Throws where the system
 * refuses one.
 */
export function makeOwnedFolder(parent: string, name: string, { inUse = () => false }: { inUse?: (folder: string) => boolean } = {}): string {
  const owner = `${name}-${processNamespace()}-`;
  for (const found of readdirSync(parent)) {
    const pid = found.startsWith(owner) ? Number.parseInt(found.slice(owner.length), 10) : NaN;
    const folder = join(parent, found);
    if (!Number.isNaN(pid) && !isAlive(pid) && !inUse(folder)) removeQuietly(folder);
  }
  return mkdtempSync(join(parent, `${owner}${String(process.pid)}-`));
}

/** Tells process ids of this system from those of containers that share a folder with it: they mean nothing here. */
export function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
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

/** Removes a file or a folder with what is in it, or leaves that to the next start. Never throws. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    // Somebody else's, or open on Windows: the next start tries again.
  }
}
