import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './folder';

/** The number that systems give nobody. */
export const OTHER = 65_534;

/** The reason for tests that only root can try, since they are two users; null for root. */
export const NEEDS_TWO_USERS = process.getuid?.() === 0 ? null : 'it needs root';
if (NEEDS_TWO_USERS !== null)
  console.log('Tests of two users on one machine are skipped: being another one needs root.');

/** Does something at once as another user. */
export function asOther<T>(act: () => T): T {
  process.setegid?.(OTHER);
  process.seteuid?.(OTHER);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

/** A folder that every user may write to, as the system's temporary one; without `sticky`, each may remove what others have there. */
export function sharedFolder({ sticky = true } = {}): string {
  const outer = temporaryFolder();
  chmodSync(outer, 0o711);
  const folder = join(outer, 'tmp');
  mkdirSync(folder);
  chmodSync(folder, sticky ? 0o1777 : 0o777);
  return folder;
}
