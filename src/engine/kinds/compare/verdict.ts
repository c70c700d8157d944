import {
  capital,
  contenderTitle,
  type CompareReport,
  type ContenderKey,
  type ContenderReport,
} from '../../../contract';
import { roundsToCall } from '../../statistics/difference';
import { apartAtEnd, narrowing, tooFew, unsteady, type Spent } from './apart';
import { because } from './because';
import { cheaper } from './cheaper';
import { baselineOf } from './contender';
import { handOverNote } from './hand-over';
import { heldAgainst, isOpen, type Held } from '../shared/held';
import { claimsFrom, type LanguageClaims } from './language-claims';
import { limitsOf } from './stability';
import { pairCount } from './standing';

/**
 * What a comparison shows, in a few plain sentences: of each language what its contenders gain over one worker and how
 * they compare, with the causes as far as they were measured, then how languages compare. Two that are not told apart are
 * never called equal: how far they may differ is said, and which of them costs less. Intervals are 95 %.
 */
export function verdict(report: CompareReport): string {
  if (report.failure && report.outcome !== 'interrupted') return report.failure.message;
  const ranked = rank(report);
  if (ranked.length < 2) return 'The comparison ended before two executors were measured, so there is no result.';
  const left = report.contenders
    .filter((one) => one.failure !== null)
    .map((one) => `${capital(contenderTitle(one.contender))} dropped out before the end.`);
  const names = ranked.map(({ contender }) => contender);
  return [...left, ...shown(report, names)].filter((sentence) => sentence !== '').join(' ');
}

/** Who was measured to the end, the fastest first: one that left early is named, and not ranked by the few rounds it has. */
function rank({ contenders }: CompareReport): ContenderReport[] {
  return contenders
    .filter((one) => one.makespanMs !== null && one.failure === null)
    .toSorted((a, b) => (a.makespanMs?.value ?? 0) - (b.makespanMs?.value ?? 0));
}

function shown(report: CompareReport, ranked: readonly ContenderKey[]): string[] {
  const spent = spentOn(report);
  const apart = (held: Held): string => apartAtEnd(held, spent);
  const { languages, between, looked } = claimsFrom(ranked, report.differences, apart);
  if (looked.every(({ verdict: one }) => one === 'too-few-rounds')) return [fewRounds(report)];
  const told = explained(report, ranked);
  const changed = unsteady(looked);
  const all = looked.every(({ verdict: one }) => one === 'unsteady');
  return [
    ...(all ? [changed] : []),
    ...languages.flatMap((language) => languageSentences(report, language, told)),
    ...between.map(({ text }) => text),
    narrowing(looked.filter(isOpen), spent),
    ...(all ? [] : [changed]),
    handOverNote(report),
  ];
}

/** Claims of one language: the cheaper one of two that are not told apart, and causes, each beside what it is of. */
function languageSentences(
  report: CompareReport,
  { ranked, alike, claims }: LanguageClaims,
  told: readonly ContenderKey[],
): string[] {
  const [headline, ...rest] = claims;
  const why = (names: readonly ContenderKey[]): string[] =>
    report.contenders.filter(({ contender }) => names.includes(contender)).map((one) => because(report, one));
  const gainless = (one: LanguageClaims['claims'][number] | undefined): ContenderKey[] =>
    (one?.gainless ?? []).filter((name) => !told.includes(name));
  return [
    headline?.text ?? '',
    ...alike.slice(0, 1).map((held) => cheaper(report, held)),
    ...why([...ranked.filter((name) => told.includes(name)), ...gainless(headline)]),
    ...rest.flatMap((claim) => [claim.text, ...why(gainless(claim))]),
  ];
}

/** The fastest; where it is not told from others and gains nothing, those with several workers, whichever of them came first. */
function explained(report: CompareReport, [best, ...others]: readonly ContenderKey[]): ContenderKey[] {
  if (best === undefined) return [];
  const pairs = report.differences;
  const alike = others.filter((name) => heldAgainst(pairs, best, name)?.verdict === 'no-difference');
  const several = report.contenders
    .filter(({ contender, workers }) => workers > 1 && [best, ...alike].includes(contender))
    .map(({ contender }) => contender);
  const gained = heldAgainst(pairs, best, baselineOf(best))?.verdict === 'faster';
  return alike.length === 0 || several.length === 0 || gained ? [best] : several;
}

function spentOn({ contenders, settings }: CompareReport): Spent {
  const medianOf = (name: ContenderKey): number =>
    contenders.find(({ contender }) => contender === name)?.makespanMs?.value ?? 0;
  return {
    measuringMs: contenders.flatMap(({ rounds }) => rounds.makespanMs).reduce((sum, ms) => sum + ms, 0),
    plannedRounds: settings.rounds,
    roundMs: ({ one, other }) => medianOf(one) + medianOf(other),
    preciseMs: settings.precise === true ? null : limitsOf(contenders.length, { precise: true }).measuringMs,
  };
}

function fewRounds({ contenders, settings, roundCount }: CompareReport): string {
  const pairs = pairCount(contenders.length);
  const planned = settings.rounds !== null && roundCount >= settings.rounds;
  return tooFew(roundCount, { needed: roundsToCall({ pairs, planned }), contenders: contenders.length });
}
