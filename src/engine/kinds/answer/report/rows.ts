import { answerSentence, type AnswerReport } from '../../../../contract';
import type { Cell } from '../../../report/reads';
import type { Evidence } from '../evidence-kinds';
import { languageOfPart } from './words';

/** Every figure that the answer stands on, with its interval. */
export function* figureRows({ evidence }: AnswerReport): Generator<Cell[]> {
  yield ['language', 'experiment', 'executor', 'workers', 'figure', 'value', 'low', 'high'];
  for (const one of evidence) yield* rowsOf(one);
}

function* rowsOf(one: Evidence): Generator<Cell[]> {
  const language = languageOfPart(one);
  if (one.kind === 'compare') {
    for (const { contender, workers, makespanMs, speedUp } of one.contenders) {
      const row = [language, one.kind, contender, workers] as const;
      yield [...row, 'makespan_ms', makespanMs?.value, makespanMs?.low, makespanMs?.high];
      yield [...row, 'speed_up', speedUp?.value, speedUp?.low, speedUp?.high];
    }
    return;
  }
  for (const { executor, points } of one.curves)
    for (const { workers, throughput, speedUp } of points) {
      const row = [language, one.kind, executor, workers] as const;
      yield [...row, 'tasks_per_second', throughput.value, throughput.low, throughput.high];
      yield [...row, 'speed_up', speedUp?.value, speedUp?.low, speedUp?.high];
    }
}

/** Each language with what is claimed of it. */
export function* claimRows({ answers }: AnswerReport): Generator<Cell[]> {
  yield ['language', 'claim', 'executor', 'workers', 'speed_up', 'low', 'high', 'sentence'];
  for (const answer of answers) {
    const { language, claim } = answer;
    const use = claim.claim === 'use' ? claim : null;
    const gain = use?.gain ?? null;
    const figures = [use?.executor, use?.workers, gain?.value, gain?.low, gain?.high];
    yield [language, claim.claim, ...figures, answerSentence(answer)];
  }
}
