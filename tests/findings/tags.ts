import type { Claim } from '../../src/engine/kinds/live/claims';
import type { Tag } from './told';

/** A claim as the table names it. */
export function tagsOf(claim: Claim): Tag[] {
  switch (claim.kind) {
    case 'shown':
      return [claim.what];
    case 'not-known':
      return [`not-known:${claim.why}`];
    case 'advice':
      return [`advice:${claim.advice}`];
    case 'cause':
      if (claim.of === 'between-tasks') return [claim.by === 'engine' ? 'cause:between-engine' : 'cause:hand-over'];
      return claim.of === 'waiting-for-lock' ? ['cause:lock'] : claim.by.map(({ by }): Tag => `cause:${by}`);
  }
}
