import {
  isExecutorKey,
  languageFacts,
  languageOf,
  type CompareReport,
  type ContenderReport,
  type ExecutorKey,
} from '../../../contract';
import { costsOf } from '../shared/cost';
import { heldAgainst, isOpen, leans } from '../shared/held';

/** A contender that may be the answer: no baseline. */
export interface Candidate extends ContenderReport {
  contender: ExecutorKey;
}

/** Who is named of the contenders of one language, and why. */
export interface Choice {
  named: Candidate;
  chosen: 'fastest' | 'cheaper' | 'undecided';
  /** The others that were measured to the end, the fastest first. */
  others: readonly Candidate[];
}

/** The fastest; of those that are not told apart from it, the one that is shown to cost less. Null where nobody was measured. */
export function choose(report: CompareReport): Choice | null {
  const ranked = candidates(report);
  const [best, ...others] = ranked;
  if (best === undefined) return null;
  const alike = others.filter((one) => isAlike(report, best, one));
  const named = alike.reduce((cheapest, one) => (costs(one, cheapest) === 'less' ? one : cheapest), best);
  const tied = [best, ...alike].filter((one) => one !== named);
  return {
    named,
    chosen:
      alike.length === 0 ? 'fastest' : tied.every((one) => costs(named, one) === 'less') ? 'cheaper' : 'undecided',
    others: ranked.filter((one) => one !== named),
  };
}

/** Whether the first costs less than the second, or more; null where that is not told, or one costs memory and the other time. */
export function costs(one: ContenderReport, other: ContenderReport): 'less' | 'more' | null {
  const sides = new Set(costsOf(one, other).map(({ less }) => less));
  if (sides.size !== 1) return null;
  return sides.has(0) ? 'less' : 'more';
}

/** Measured to the end, the fastest first. */
function candidates({ contenders }: CompareReport): Candidate[] {
  return contenders
    .filter((one): one is Candidate => isExecutorKey(one.contender) && !isBaseline(one))
    .filter(({ makespanMs, failure }) => makespanMs !== null && failure === null)
    .toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0));
}

const isBaseline = ({ contender }: ContenderReport): boolean =>
  contender === languageFacts(languageOf(contender)).baseline;

/** One that looks slower, though not certainly, is not taken for its price. */
function isAlike({ differences }: CompareReport, best: Candidate, one: Candidate): boolean {
  const held = heldAgainst(differences, best.contender, one.contender);
  return held !== null && isOpen(held) && !leans(held);
}
