import { number, type CompareReport, type LabReport } from '../../../contract';
import { scorecardSettingsSchema } from '../../../contract/schemas';
import type { Kind } from '../kind';
import type { EvidenceKinds } from './evidence-kinds';
import { planScorecard } from './plan';
import { scorecardReads } from './report';
import { scorecardFigures } from './report/figures';
import { cardReport } from './rows';

/** The scorecard: claims held against labs and comparisons, which are made by their own kinds. */
export function scorecardOf(kinds: EvidenceKinds['kinds']): Kind<'scorecard'> {
  const of: EvidenceKinds = { kinds, kindOf: ({ kind }) => kinds[kind] };
  const completePart = async (part: CompareReport | LabReport): Promise<CompareReport | LabReport> => {
    const { complete } = of.kindOf(part);
    // The one that was under way.
    if (part.outcome !== 'interrupted' || complete === undefined) return part;
    return (await complete(part)) as CompareReport | LabReport;
  };
  return {
    name: 'scorecard',
    settings: scorecardSettingsSchema,
    plan: planScorecard(kinds),
    reads: scorecardReads(of),
    figures: (report) => scorecardFigures(report, of),
    workers: ({ settings }) => number(settings.workers),
    complete: async (report) =>
      cardReport({ ...report, evidence: await Promise.all(report.evidence.map(completePart)) }),
  };
}
