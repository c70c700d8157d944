import type { CompareReport, ContenderName, ContenderReport, PairReport } from '../../../contract';
import { capital, CONTENDER_TITLES, figure, listed, times, wholePercent } from '../../report/words';

/** Workers that want a core for less than this share of their time wait rather than compute. */
const COMPUTES = 0.5;
/** A share of waiting for a core above which others are the cause. */
const NOTABLE_WAIT = 0.1;
/** Of the ceiling, above which the cores are as good as used up. */
const FULL = 0.85;

const title = (name: ContenderName): string => CONTENDER_TITLES[name];

/**
 * What a comparison shows, in a few plain sentences: who is fastest and by how much, with the cause as far as it was
 * measured; "no difference shown" where the intervals allow no more. Intervals are 95 %; a difference is called at 99 %.
 */
export function verdict(report: CompareReport): string {
  if (report.failure) return report.failure.message;
  // Who left early is told of, and not ranked by the few rounds it has.
  const measured = report.contenders.filter((one) => one.makespanMs !== null && one.failure === null);
  if (measured.length < 2) return 'It ended before two executors were measured: nothing can be said.';
  const sorted = measured.toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0));
  const best = sorted[0];
  if (best === undefined) return '';
  const equal = sorted.filter((one) => one !== best && pairOf(report, best, one)?.verdict === 'no-difference');
  const unsure = sorted.filter((one) => one !== best && pairOf(report, best, one)?.verdict === 'too-few-rounds');
  if (unsure.length > 0) return `Too few rounds to call a difference: ${report.roundCount}, and 8 are needed.`;
  const left = report.contenders.filter((one) => one.failure !== null).map((one) => `${capital(title(one.contender))} could not be measured to the end.`);
  return [first(report, best, equal), cause(report, best), ...gainless(sorted, report, [best, ...equal]), ...left].filter((sentence) => sentence !== '').join(' ');
}

/** The pair with the second of the two as `against`, whichever way round it is in the report. */
function pairOf({ differences }: CompareReport, one: ContenderReport, other: ContenderReport): PairReport | undefined {
  return differences.find(({ contender, against }) => (contender === one.contender && against === other.contender) || (contender === other.contender && against === one.contender));
}

function first(report: CompareReport, best: ContenderReport, equal: readonly ContenderReport[]): string {
  if (equal.length > 0) {
    const everybody = [best, ...equal];
    const all = everybody.length === report.contenders.length && report.contenders.every((one) => everybody.includes(one));
    const names = listed(everybody.map(({ contender }) => title(contender)));
    const gains = everybody.filter(({ speedUp }) => speedUp !== null);
    if (all || gains.length === 0) return `No difference shown between ${names}.`;
    return `${gained(gains)}; no difference shown between ${names}.`;
  }
  const second = report.contenders.filter((one) => one !== best && one.makespanMs !== null && one.failure === null).toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0))[0];
  const lead = second ? leadOver(report, best, second) : '';
  if (!best.speedUp) return `${capital(title(best.contender))} ${best.contender.endsWith('sequential') ? 'is' : 'are'} fastest${lead}.`;
  const also = second && second.contender !== best.speedUp.against ? lead : '';
  return `${gained([best])}${also}.`;
}

/** `Threads are 1.93 × [1.90, 1.96] and processes 1.91 × [1.88, 1.95] as fast as sequential`, baseline by baseline. */
function gained(contenders: readonly ContenderReport[]): string {
  const baselines = [...new Set(contenders.map(({ speedUp }) => speedUp?.against))].filter((name) => name !== undefined);
  const sentences = baselines.map((baseline) => {
    const own = contenders.flatMap(({ contender, speedUp }) => (speedUp?.against === baseline ? [{ contender, speedUp }] : []));
    const gains = own.map(({ contender, speedUp }, at) => `${title(contender)} ${at === 0 ? 'are ' : ''}${times(speedUp)}`);
    return `${listed(gains)} as fast as ${title(baseline)}`;
  });
  return capital(sentences.join(', '));
}

/** By how much the fastest beats the next. */
function leadOver(report: CompareReport, best: ContenderReport, second: ContenderReport): string {
  const pair = pairOf(report, best, second);
  if (!pair) return '';
  const { value, low, high } = pair.ratio;
  const ratio = pair.contender === best.contender ? { value: 1 / value, low: 1 / high, high: 1 / low } : pair.ratio;
  return `${best.speedUp ? ', and' : ','} ${times(ratio)} as fast as ${title(second.contender)}`;
}

/** Why, as far as cores and workers tell: what they had of the cores, and what they wanted. */
function cause({ machine, workload }: CompareReport, best: ContenderReport): string {
  const { coresBusy, cpuMs, runQueueMs, workers } = best;
  if (coresBusy === null || cpuMs === null) return '';
  const ceiling = machine.limits.effectiveCpus;
  const wantedMs = cpuMs + (runQueueMs ?? 0);
  const waited = waitedShare(best);
  const busy = `${figure(coresBusy)} of ${figure(ceiling).replace(/\.?0+$/, '')} cores busy`;
  const its = `the ${workers === 1 ? 'worker' : `${workers} workers`} of ${title(best.contender)}`;
  const wanted = cpuMs > 0 ? (coresBusy * wantedMs) / cpuMs / workers : 0;
  if (wanted < COMPUTES) return `${workload.title} waits rather than computes: ${its} kept ${busy}, and workers can wait at the same time.`;
  if (waited > NOTABLE_WAIT && workers > ceiling) return `${capital(its)} kept ${busy} and waited for a core ${wholePercent(waited)} of the time they had work: there are more of them than cores.`;
  if (waited > NOTABLE_WAIT) return `${capital(its)} kept ${busy} and waited for a core ${wholePercent(waited)} of the time they had work: something else on this machine uses the cores.`;
  return coresBusy >= FULL * ceiling ? `${capital(its)} kept ${busy}: there is no more to be had here.` : `${capital(its)} kept ${busy}.`;
}

/** Of the time in which workers wanted a core, that without one: the share that other load took, or too many workers. */
function waitedShare({ cpuMs, runQueueMs }: ContenderReport): number {
  const wantedMs = (cpuMs ?? 0) + (runQueueMs ?? 0);
  return wantedMs > 0 ? (runQueueMs ?? 0) / wantedMs : 0;
}

/** Contenders with several workers that are not shown to be faster than one. */
function gainless(sorted: readonly ContenderReport[], { differences }: CompareReport, equal: readonly ContenderReport[]): string[] {
  const said = (name: ContenderName): boolean => equal.some(({ contender }) => contender === name);
  return sorted.flatMap((one) => {
    const { speedUp, workers, contender, coresBusy, lock } = one;
    // On a crowded machine few cores busy prove nothing about the lock.
    const locked = lock === 'shared' && coresBusy !== null && coresBusy < 1.3 && waitedShare(one) <= NOTABLE_WAIT;
    // Where it was said that the two are not shown to differ, nothing is left to say.
    if (!speedUp || workers < 2 || (said(contender) && said(speedUp.against))) return [];
    const pair = differences.find((each) => each.contender === contender && each.against === speedUp.against);
    if (!pair || pair.verdict === 'faster') return [];
    const busy = coresBusy === null ? '' : `: ${figure(coresBusy)} cores busy with ${workers} workers`;
    const why = locked ? ', as the interpreter lock lets one of them compute at a time' : '';
    const gains = pair.verdict === 'slower' ? 'are slower than one worker' : 'gain nothing that was shown';
    return [`${capital(title(contender))} ${gains} (${times(speedUp)})${busy}${why}.`];
  });
}
