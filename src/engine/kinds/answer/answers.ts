import {
  answerSentence,
  languageOf,
  LANGUAGES,
  type AnswerReport,
  type CompareReport,
  type Language,
  type LanguageAnswer,
  type ScaleReport,
} from '../../../contract';
import { claimOf } from './claim';
import type { Evidence } from './evidence-kinds';

/** What is answered by this evidence, language by language. */
export function answersOf(evidence: readonly Evidence[]): LanguageAnswer[] {
  return LANGUAGES.flatMap((language) => {
    const { compare, scale } = measuredOf(evidence, language);
    if (compare === null) return [];
    return [{ language, claim: claimOf({ compare, scale }), compare: compare.id, scale: scale?.id ?? null }];
  });
}

/** The experiments of a language; a part is of one. */
export function measuredOf(
  evidence: readonly Evidence[],
  language: Language,
): { compare: CompareReport | null; scale: ScaleReport | null } {
  const own = evidence.filter(({ settings: { executors } }) => executors.some((name) => languageOf(name) === language));
  return {
    compare: own.find((report) => report.kind === 'compare') ?? null,
    scale: own.find((report) => report.kind === 'scale') ?? null,
  };
}

/** The report with its answers made from the evidence that it has. */
export function answeredReport(report: AnswerReport): AnswerReport {
  const answers = answersOf(report.evidence);
  return { ...report, answers, finding: findingOf(answers) };
}

/** A sentence for each language. */
export function findingOf(answers: readonly LanguageAnswer[]): string {
  return answers.map(answerSentence).join(' ') || 'It ended before anything was measured, so there is no answer.';
}
