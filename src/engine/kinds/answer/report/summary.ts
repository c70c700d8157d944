import { answerSentence, duration, number, plural, type AnswerReport } from '../../../../contract';
import { OUTCOME_WORDS } from '../../../report/words';
import { unsaidFailure } from '../../../report/view';
import { partTitle } from './words';

/** An answer in a screenful: a sentence for each language first, then what each part found. */
export function answerSummary(report: AnswerReport): string {
  const { finding, answers, workload, settings, roundCount, elapsedMs, outcome, evidence, warnings } = report;
  const sentences = answers.map(answerSentence);
  const failure = unsaidFailure(report);
  return [
    ...(finding === sentences.join(' ') ? sentences : [finding]).map((sentence) => `${sentence}\n`),
    `\n${workload.title}, size ${number(settings.size)}, ${plural(roundCount, 'round')} in ${duration(elapsedMs)}, ${OUTCOME_WORDS[outcome]}, seed ${String(settings.seed)}\n`,
    failure === null ? '' : `${failure}\n`,
    ...evidence.map((one) => `\n${partTitle(one)}: ${one.finding}\n`),
    warnings.length === 0 ? '' : '\n',
    ...warnings.map((warning) => `Warning: ${warning}\n`),
  ].join('');
}
