import type { AnswerReport } from '../../../../contract';
import type { Figure } from '../../shared/figure';
import type { EvidenceKinds } from '../evidence-kinds';
import { partTitle } from './words';

/** Those of what the answer is made of, each by its name. */
export function answerFigures({ evidence }: AnswerReport, { kindOf }: EvidenceKinds): Figure[] {
  return evidence.flatMap((one) =>
    kindOf(one)
      .figures(one)
      .map((figure) => ({ ...figure, name: `${partTitle(one)}: ${figure.name}` })),
  );
}
