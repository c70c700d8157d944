import { rmSync } from 'node:fs';

/** Removes a file or a folder with what is in it, or leaves that to the next start. Never throws. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    // Open on Windows: the next start tries again.
  }
}
