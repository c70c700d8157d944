import type { CompareReport, LabReport } from '../../../contract';
import type { Kind } from '../kind';

/** The kinds of experiment that a scorecard is made of. */
export interface EvidenceKinds {
  kinds: { compare: Kind<'compare'>; lab: Kind<'lab'> };
  kindOf(report: CompareReport | LabReport): Omit<Kind, 'settings'>;
}
