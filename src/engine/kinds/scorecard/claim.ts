import {
  endsOf,
  languageFacts,
  languageOf,
  LANGUAGES,
  type ClaimName,
  type Estimate,
  type ExecutorKey,
  type Holds,
  type Language,
  type PairReport,
  type ScorecardFigure,
  type ScorecardRow,
} from '../../../contract';
import type { Evidence } from './evidence';

/** One claim: what is said, and how it is held against what was measured. */
export interface Claim {
  name: ClaimName;
  title: string;
  said: string;
  /** Of which language it is said; the other's figures stand beside it. */
  of: ScorecardRow['of'];
  measuredBy: string;
  judge(evidence: Evidence, language: Language): Judgement;
}

/** Whether a claim holds, with the reason. */
export interface Call {
  holds: Holds;
  why: string;
}

/** What a claim came to in one language, with the figures that it was judged by. */
export interface Judgement extends Call {
  threads: ScorecardFigure[];
  processes: ScorecardFigure[];
}

/** A difference smaller than this share is none that anybody would choose by. */
export const NOTABLE = 0.05;

export function figure(
  executor: ExecutorKey,
  text: string,
  estimate: PairReport['ratio'] | null = null,
): ScorecardFigure {
  const ends = endsOf(estimate);
  return {
    executor,
    text: `${languageFacts(languageOf(executor)).title}: ${text}`,
    estimate: estimate === null || ends === null ? null : { value: estimate.value, ...ends },
  };
}

/** `yes` where the first interval lies wholly under the second, `no` where wholly above, else not shown. */
export function below(smaller: Estimate, larger: Estimate): Holds {
  if (smaller.high < larger.low) return 'yes';
  return smaller.low > larger.high ? 'no' : 'not-shown';
}

/** Whether threads take less than processes, by intervals of one figure of each. */
export function threadsBelow(threads: Estimate, processes: Estimate): Call {
  const holds = below(threads, processes);
  return { holds, why: BELOW[holds] };
}

const BELOW: Record<Holds, string> = {
  yes: 'The interval of threads lies wholly under that of processes.',
  no: 'The interval of threads lies wholly above that of processes.',
  'not-shown': 'The intervals overlap.',
};

/** The weakest of several answers: one `no` decides, then one that is not shown. */
export function all(answers: readonly Holds[]): Holds {
  if (answers.length === 0) return 'not-shown';
  if (answers.includes('no')) return 'no';
  return answers.includes('not-shown') ? 'not-shown' : 'yes';
}

/** A claim as a row of the card. */
export function rowOf(claim: Claim, evidence: Evidence): ScorecardRow {
  const { name, title, said, of, measuredBy } = claim;
  const judged = LANGUAGES.map((language) => ({ language, ...claim.judge(evidence, language) }));
  const counted = judged.filter(({ language }) => of === 'both' || of === language);
  return {
    claim: name,
    title,
    said,
    of,
    measuredBy,
    threads: judged.flatMap(({ threads }) => threads),
    processes: judged.flatMap(({ processes }) => processes),
    holds: all(counted.map(({ holds }) => holds)),
    judged: judged.map(({ language, holds, why }) => ({ language, holds, why })),
  };
}

/** Where nothing was measured, or not enough. */
export function notMeasured(reasons: readonly (string | null | undefined)[]): Judgement {
  const why = reasons.find((reason) => reason !== null && reason !== undefined && reason !== '');
  return { holds: 'not-shown', why: why ?? 'Nothing of it was measured.', threads: [], processes: [] };
}
