import {
  capital,
  contenderTitle,
  isSingle,
  languageOf,
  LANGUAGES,
  times,
  type ContenderKey,
  type PairReport,
} from '../../../contract';
import { listed } from '../../report/words';
import { baselineOf } from './contender';
import { heldAgainst, isOpen, leans, turned, type Held, type Paired } from '../shared/held';

/** What is said of two that are not told apart, as a clause. */
export type ApartWords = (held: Held) => string;

interface Claim {
  text: string;
  /** Those that are not shown to be faster than one worker. */
  gainless: readonly ContenderKey[];
}

/** What the pairs of one language show. */
export interface LanguageClaims {
  /** Who was measured, the fastest first. */
  ranked: readonly ContenderKey[];
  /** Every pair that something is claimed of, or of which nothing may be claimed. */
  looked: readonly Held[];
  /** Those with several workers that are not told apart from the fastest of them. */
  alike: readonly Held[];
  /** Sentences; the first also says how those with several workers compare. */
  claims: readonly Claim[];
}

/** What is claimed of a comparison, and of which pairs. */
export interface Claims {
  languages: readonly LanguageClaims[];
  between: readonly Claim[];
  looked: readonly Held[];
}

/** What pairs show within each language and between languages. `ranked`: the fastest first. */
export function claimsFrom(ranked: readonly ContenderKey[], pairs: readonly Paired[], apart: ApartWords): Claims {
  const languages = languageClaims(ranked, pairs, apart);
  const { looked, claims } = betweenLanguages(ranked, pairs, apart);
  return { languages, between: claims, looked: [...languages.flatMap((language) => language.looked), ...looked] };
}

/** Language by language: what each gains over one worker, and how those with several workers compare. */
function languageClaims(
  ranked: readonly ContenderKey[],
  pairs: readonly Paired[],
  apart: ApartWords,
): LanguageClaims[] {
  return LANGUAGES.map((language) => ranked.filter((name) => languageOf(name) === language))
    .filter((names) => names.length > 0)
    .map((names) => claimsOf(names, pairs, apart));
}

/** The fastest of each language against the fastest of all. */
function betweenLanguages(
  ranked: readonly ContenderKey[],
  pairs: readonly Paired[],
  apart: ApartWords,
): { looked: readonly Held[]; claims: readonly Claim[] } {
  const bests = LANGUAGES.flatMap((language) => ranked.find((name) => languageOf(name) === language) ?? []);
  const best = ranked[0];
  const looked =
    best === undefined || bests.length < 2 ? [] : bests.flatMap((other) => heldAgainst(pairs, best, other) ?? []);
  return { looked, claims: sentences(looked.map((held) => compared(held, apart))) };
}

function claimsOf(ranked: readonly ContenderKey[], pairs: readonly Paired[], apart: ApartWords): LanguageClaims {
  const several = ranked.filter((name) => baselineOf(name) !== name);
  const over = several.flatMap((name) => heldAgainst(pairs, name, baselineOf(name)) ?? []);
  const between = lead(several, pairs);
  const [faster, slower, open] = [over.filter(is('faster')), over.filter(is('slower')), over.filter(isOpen)];
  const claims: Claim[] = [
    ...(faster.length === 0 ? [] : [{ text: gains(faster), gainless: [] }]),
    ...(slower.length === 0 ? [] : [{ text: losses(slower), gainless: slower.map(({ one }) => one) }]),
    ...open.map((held) => ({ text: apart(held), gainless: [held.one] })),
  ];
  return {
    ranked,
    looked: [...over, ...between],
    alike: between.filter((held) => isOpen(held) && !leans(held)),
    claims: withLead(claims, { between, faster, apart }).map(({ text, gainless }) => ({
      text: sentence(text),
      gainless,
    })),
  };
}

const is =
  (verdict: PairReport['verdict']) =>
  (held: Held): boolean =>
    held.verdict === verdict;

/** The fastest of those with several workers against those that it is not told apart from; if there are none, against the next. */
function lead([best, ...others]: readonly ContenderKey[], pairs: readonly Paired[]): Held[] {
  if (best === undefined) return [];
  const all = others.flatMap((other) => heldAgainst(pairs, best, other) ?? []);
  const open = all.filter(isOpen);
  return open.length > 0 ? open : all.slice(0, 1);
}

interface Lead {
  between: readonly Held[];
  faster: readonly Held[];
  apart: ApartWords;
}

function withLead([first, ...rest]: readonly Claim[], { between, faster, apart }: Lead): Claim[] {
  const [held] = between;
  if (first !== undefined && held?.verdict === 'faster' && faster.length === 1 && faster[0]?.one === held.one)
    return [{ ...first, text: `${first.text}, and ${times(held.speed)} as fast as ${title(held.other)}` }, ...rest];
  const clauses = between.map((one) => compared(one, apart)).filter((clause) => clause !== '');
  const text = [...(first === undefined ? [] : [first.text]), ...clauses].join('; ');
  return text === '' ? [...rest] : [{ text, gainless: first?.gainless ?? [] }, ...rest];
}

/** `threads are 1.50 × [1.47, 1.53] as fast as processes`, or what else is to be said of the two. */
function compared(held: Held, apart: ApartWords): string {
  if (isOpen(held)) return apart(held);
  if (held.verdict === 'unsteady') return '';
  const { one, other, speed } = held.verdict === 'slower' ? turned(held) : held;
  return `${title(one)} ${isSingle(one) ? 'is' : 'are'} ${times(speed)} as fast as ${title(other)}`;
}

/** `threads are 1.93 × [1.90, 1.96] and processes 1.91 × [1.88, 1.95] as fast as sequential`. */
function gains(faster: readonly Held[]): string {
  const each = faster.map(({ one, speed }, at) => `${title(one)} ${at === 0 ? 'are ' : ''}${times(speed)}`);
  return `${listed(each)} as fast as ${title(faster[0]?.other)}`;
}

function losses(slower: readonly Held[]): string {
  return `${listed(slower.map(({ one, speed }) => `${title(one)} (${times(speed)})`))} are slower than ${title(slower[0]?.other)}`;
}

const title = (name: ContenderKey | undefined): string => (name === undefined ? '' : contenderTitle(name));
const sentence = (text: string): string => `${capital(text)}.`;
const sentences = (clauses: readonly string[]): Claim[] =>
  clauses.filter((clause) => clause !== '').map((clause) => ({ text: sentence(clause), gainless: [] }));
