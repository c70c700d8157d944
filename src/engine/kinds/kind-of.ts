import type { ExperimentKind, ReportKind } from '../../contract';
import { KINDS } from './index';
import type { Kind, Planned } from './kind';

// TypeScript does not see that a kind and what it is given are of the same kind.

/** How experiments of that kind are made. */
export function plannedOf({ kind }: { kind: ExperimentKind }): Planned {
  return KINDS[kind] as Planned;
}

/** The kind of a report. */
export function kindOf({ kind }: { kind: ReportKind }): Kind {
  return KINDS[kind] as Kind;
}
