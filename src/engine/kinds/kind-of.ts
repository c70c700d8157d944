import type { ExperimentKind } from '../../contract';
import { KINDS } from './index';
import type { Kind } from './kind';

/** The kind of settings, a state or a report. */
export function kindOf({ kind }: { kind: ExperimentKind }): Kind {
  // TypeScript does not see that a kind and what it is given are of the same kind.
  return KINDS[kind] as unknown as Kind;
}
