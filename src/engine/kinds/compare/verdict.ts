import {
  capital,
  contenderTitle,
  isSingle,
  times,
  type CompareReport,
  type ContenderKey,
  type ContenderReport,
  type PairReport,
} from '../../../contract';
import { listed } from '../../report/words';
import { ENOUGH_ROUNDS } from '../shared/thresholds';
import { because } from './because';
import { handOverNote } from './hand-over';

const title = (name: ContenderKey): string => contenderTitle(name);

/**
 * What a comparison shows, in a few plain sentences: who is fastest and by how much, with the cause as far as it was
 * measured; "no difference shown" where the intervals allow no more. Intervals are 95 %; a difference is called at 99 %.
 */
export function verdict(report: CompareReport): string {
  if (report.failure && report.outcome !== 'interrupted') return report.failure.message;
  // A contender that left early is named, and not ranked by the few rounds it has.
  const measured = report.contenders.filter((one) => one.makespanMs !== null && one.failure === null);
  if (measured.length < 2) return 'The comparison ended before two executors were measured, so there is no result.';
  const sorted = measured.toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0));
  const best = sorted[0];
  if (best === undefined) return '';
  const equal = sorted.filter((one) => one !== best && pairOf(report, best, one)?.verdict === 'no-difference');
  const left = report.contenders
    .filter((one) => one.failure !== null)
    .map((one) => `${capital(title(one.contender))} dropped out before the end.`);
  if (sorted.some((one) => one !== best && pairOf(report, best, one)?.verdict === 'too-few-rounds'))
    return [...left, tooFew(report)].join(' ');
  const everybody = [best, ...equal];
  const told = explained(report, everybody);
  return [
    ...left,
    first(report, best, equal),
    ...told.map((one) => because(report, one)),
    ...gainless(sorted, report, everybody, told),
    handOverNote(report),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function tooFew({ roundCount }: CompareReport): string {
  const hold =
    roundCount < ENOUGH_ROUNDS
      ? ` With fewer than ${String(ENOUGH_ROUNDS)} rounds, the intervals cover less than the stated 95 %.`
      : '';
  return `Too few rounds to call a difference: ${String(roundCount)} of the 8 required.${hold}`;
}

/** The pair with the second of the two as `against`, whichever way round it is in the report. */
function pairOf({ differences }: CompareReport, one: ContenderReport, other: ContenderReport): PairReport | undefined {
  return differences.find(
    ({ contender, against }) =>
      (contender === one.contender && against === other.contender) ||
      (contender === other.contender && against === one.contender),
  );
}

/** Of one and its baseline, what the rounds show; null where it has none. */
function overBaseline(
  { differences }: CompareReport,
  { contender, speedUp }: ContenderReport,
): PairReport['verdict'] | null {
  return differences.find((pair) => pair.contender === contender && pair.against === speedUp?.against)?.verdict ?? null;
}

/** The fastest; where it is not told from others and gains nothing, those with several workers, whichever of them came first. */
function explained(report: CompareReport, everybody: readonly ContenderReport[]): ContenderReport[] {
  const [best] = everybody;
  if (best === undefined) return [];
  const several = report.contenders.filter((one) => everybody.includes(one) && one.workers > 1);
  return everybody.length === 1 || several.length === 0 || overBaseline(report, best) === 'faster' ? [best] : several;
}

function first(report: CompareReport, best: ContenderReport, equal: readonly ContenderReport[]): string {
  if (equal.length > 0) {
    const everybody = [best, ...equal];
    const undecided = noDifference(report, best, equal);
    const gains = everybody.filter((one) => overBaseline(report, one) === 'faster');
    if (gains.length === 0) return `${capital(undecided)}.`;
    return `${gained(gains)}; ${undecided}.`;
  }
  const second = report.contenders
    .filter((one) => one !== best && one.makespanMs !== null && one.failure === null)
    .toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0))[0];
  const lead = second ? leadOver(report, best, second) : '';
  if (!best.speedUp)
    return `${capital(title(best.contender))} ${isSingle(best.contender) ? 'is' : 'are'} fastest${lead}.`;
  const also = second && second.contender !== best.speedUp.against ? lead : '';
  return `${gained([best])}${also}.`;
}

/** Two that are not shown to differ from the fastest may well be shown to differ from each other: then it is said pair by pair. */
function noDifference(report: CompareReport, best: ContenderReport, equal: readonly ContenderReport[]): string {
  const alike = equal.every((one, at) =>
    equal.slice(at + 1).every((other) => pairOf(report, one, other)?.verdict === 'no-difference'),
  );
  const name = ({ contender }: ContenderReport): string => title(contender);
  if (alike) return `no difference shown between ${listed([best, ...equal].map(name))}${howAlike(best, equal)}`;
  return `no difference shown ${equal.map((one) => `between ${name(best)} and ${name(one)}`).join(', nor ')}`;
}

/** Of one and its own baseline, the interval that leaves the difference open. */
function howAlike(best: ContenderReport, equal: readonly ContenderReport[]): string {
  const [other] = equal;
  if (other === undefined || equal.length > 1) return '';
  const [one] = [best, other].filter(
    ({ speedUp }) => speedUp !== null && (speedUp.against === best.contender || speedUp.against === other.contender),
  );
  return one?.speedUp ? `: ${title(one.contender)} are ${times(one.speedUp)} as fast` : '';
}

/** `Threads are 1.93 × [1.90, 1.96] and processes 1.91 × [1.88, 1.95] as fast as sequential`, baseline by baseline. */
function gained(contenders: readonly ContenderReport[]): string {
  const baselines = [...new Set(contenders.map(({ speedUp }) => speedUp?.against))].filter(
    (name) => name !== undefined,
  );
  const sentences = baselines.map((baseline) => {
    const own = contenders.flatMap(({ contender, speedUp }) =>
      speedUp?.against === baseline ? [{ contender, speedUp }] : [],
    );
    const gains = own.map(
      ({ contender, speedUp }, at) => `${title(contender)} ${at === 0 ? 'are ' : ''}${times(speedUp)}`,
    );
    return `${listed(gains)} as fast as ${title(baseline)}`;
  });
  return capital(sentences.join(', '));
}

/** By how much the fastest beats the next. */
function leadOver(report: CompareReport, best: ContenderReport, second: ContenderReport): string {
  const pair = pairOf(report, best, second);
  if (!pair) return '';
  const { value, low, high } = pair.ratio;
  const ratio =
    pair.contender === best.contender
      ? { value: 1 / value, low: high === null ? null : 1 / high, high: low === null ? null : 1 / low }
      : pair.ratio;
  return `${best.speedUp ? ', and' : ','} ${times(ratio)} as fast as ${title(second.contender)}`;
}

/** Contenders with several workers that are not shown to be faster than one, with what was seen of them where that is not told yet. */
function gainless(
  sorted: readonly ContenderReport[],
  report: CompareReport,
  equal: readonly ContenderReport[],
  told: readonly ContenderReport[],
): string[] {
  const said = (name: ContenderKey): boolean => equal.some(({ contender }) => contender === name);
  return sorted.flatMap((one) => {
    const { speedUp, workers, contender } = one;
    // Where it was said that the two are not shown to differ, nothing is left to say.
    if (!speedUp || workers < 2 || (said(contender) && said(speedUp.against))) return [];
    const shown = overBaseline(report, one);
    if (shown === null || shown === 'faster') return [];
    const gains = shown === 'slower' ? 'are slower than' : 'are not shown to be faster than';
    return [
      `${capital(title(contender))} ${gains} ${title(speedUp.against)} (${times(speedUp)}).`,
      ...(told.includes(one) ? [] : [because(report, one)]),
    ];
  });
}
