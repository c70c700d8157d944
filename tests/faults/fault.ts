import { describe, test } from 'vitest';

/** One row of the fault table: what goes wrong, and what is promised all the same. */
export interface Fault {
  /** The heading that the row stands under: short, the same for rows that belong together. */
  area: string;
  fault: string;
  promise: string;
  /** Why the row cannot be tried on this machine (no root, not Linux); null or absent if it can. */
  notHere?: string | null;
}

/**
 * A row of the fault table as a test: `held` makes the fault happen to the real thing and throws if a promise is broken.
 * `npm run faults` prints all rows with their results, `npm run faults -- --write` puts them into docs/reliability.md.
 */
export function fault({ area, fault: title, promise, notHere = null }: Fault, held: () => Promise<void>): void {
  describe(area, () => {
    const name = `${title} → ${promise}`;
    if (notHere !== null) test.skip(`${name} (not tried here: ${notHere})`, held);
    else test(name, held);
  });
}

/** The reason for rows that only root can try; null for root. */
export const NEEDS_ROOT = process.getuid?.() === 0 ? null : 'it needs root';
/** The reason for rows that only Linux can try; null there. */
export const NEEDS_LINUX = process.platform === 'linux' ? null : 'it needs Linux';
