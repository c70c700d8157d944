import type { CompareReport, LabReport } from '../../../contract';
import type { Kind, Planned } from '../kind';

/** The kinds of experiment that a scorecard is made of. */
export interface EvidenceKinds {
  kinds: { compare: Planned<'compare'>; lab: Planned<'lab'> };
  kindOf(report: CompareReport | LabReport): Kind;
}
