import { number } from '../../../contract';
import { answerSettingsSchema } from '../../../contract/schemas';
import type { Kind } from '../kind';
import { answeredReport } from './answers';
import type { Evidence, EvidenceKinds } from './evidence-kinds';
import { planAnswer } from './plan';
import { answerReads } from './report';
import { answerFigures } from './report/figures';

/** The answer: which executor to use, and how many workers, from a comparison and a scaling experiment by their own kinds. */
export function answerOf(kinds: EvidenceKinds['kinds']): Kind<'answer'> {
  const of: EvidenceKinds = { kinds, kindOf: ({ kind }) => kinds[kind] };
  const completePart = async (part: Evidence): Promise<Evidence> => {
    const { complete } = of.kindOf(part);
    // The one that was under way.
    if (part.outcome !== 'interrupted' || complete === undefined) return part;
    return (await complete(part)) as Evidence;
  };
  return {
    name: 'answer',
    settings: answerSettingsSchema,
    plan: planAnswer(kinds),
    reads: answerReads(of),
    figures: (report) => answerFigures(report, of),
    workers: ({ evidence }) =>
      number(Math.max(0, ...evidence.map((one) => (one.kind === 'compare' ? one.settings.workers : 0)))),
    complete: async (report) =>
      answeredReport({ ...report, evidence: await Promise.all(report.evidence.map(completePart)) }),
  };
}
