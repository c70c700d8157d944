import type { CompareReport, ScaleReport } from '../../../contract';
import type { Kind } from '../kind';

/** A report that an answer stands on. */
export type Evidence = CompareReport | ScaleReport;

/** The kinds of experiment that an answer is made of. */
export interface EvidenceKinds {
  kinds: { compare: Kind<'compare'>; scale: Kind<'scale'> };
  kindOf(report: Evidence): Omit<Kind, 'settings'>;
}
