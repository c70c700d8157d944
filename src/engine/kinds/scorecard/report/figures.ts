import { LAB_TITLES, type ScorecardReport } from '../../../../contract';
import type { EvidenceKinds } from '../evidence-kinds';
import type { Figure } from '../../shared/figure';

/** Those of what the card is made of, each by its name. */
export function scorecardFigures({ evidence }: ScorecardReport, { kindOf }: EvidenceKinds): Figure[] {
  return evidence.flatMap((one) =>
    kindOf(one)
      .figures(one)
      .map((figure) => ({
        ...figure,
        name: `${one.kind === 'lab' ? LAB_TITLES[one.lab] : one.workload.title}: ${figure.name}`,
      })),
  );
}
