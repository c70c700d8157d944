import type { CompareState } from './compare';
import { executorShortTitle, languageFacts, workerTitle, type ExecutorKey, type Language } from './executors';
import { coreCount, number, percent, plural, times } from './figures';
import type { ExperimentProgress } from './progress';
import type { ScaleState } from './scale';
import type {
  AnswerClaim,
  Estimate,
  LanguageAnswer,
  OtherExecutor,
  ResolvedAnswerSettings,
  WorkloadInfo,
} from './schemas';

/** One experiment that an answer is made of. */
export interface AnswerPartState {
  title: string;
  language: Language;
  kind: 'compare' | 'scale';
  state: 'waiting' | 'measuring' | 'measured' | 'failed';
  /** As it last told of itself; null before. */
  now: CompareState | ScaleState | null;
}

/** The state of an answer, at every step. */
export interface AnswerState extends ExperimentProgress {
  kind: 'answer';
  workload: WorkloadInfo;
  settings: ResolvedAnswerSettings;
  parts: AnswerPartState[];
  /** Of languages that are measured so far. */
  answers: LanguageAnswer[];
}

/** How long the parts of an answer take on two idle cores, ms: comparisons are quick where there are two languages. */
export const ANSWER_PARTS_MS = { compare: 17_000, quickCompare: 11_000, scale: 8_000 };

/** How long an answer for this number of languages takes on two idle cores, ms. */
export function answerMs(languages: number): number {
  const { compare, quickCompare, scale } = ANSWER_PARTS_MS;
  return languages * ((languages > 1 ? quickCompare : compare) + scale);
}

/** An answer in words: the first clause is what to do, the rest is why. */
export interface AnswerWords {
  lead: string;
  rest: string;
}

type Use = Extract<AnswerClaim, { claim: 'use' }>;

/** Made from the claim alone: `Use 2 threads` and `1.87 × [1.80, 1.95] one worker; …`. */
export function answerWords({ language, claim }: Pick<LanguageAnswer, 'language' | 'claim'>): AnswerWords {
  switch (claim.claim) {
    case 'use':
      return { lead: inLanguage(language, useLead(claim)), rest: useRest(claim) };
    case 'one-worker':
      return { lead: inLanguage(language, 'Use one worker'), rest: noGain(claim.others) };
    case 'too-busy':
      return { lead: inLanguage(language, 'This machine is too busy to tell'), rest: busyWords(claim) };
    case 'unsteady':
      return {
        lead: inLanguage(language, 'No answer'),
        rest: 'speeds changed while this was measured (the machine’s, or those of workers from one start to the next)',
      };
    case 'not-measured':
      return { lead: inLanguage(language, 'No answer'), rest: claim.why.replace(/\.$/, '') };
  }
}

/** The same as one sentence. */
export function answerSentence(answer: Pick<LanguageAnswer, 'language' | 'claim'>): string {
  const { lead, rest } = answerWords(answer);
  return `${lead}: ${rest}.`;
}

/** Node is the one that is not named. */
function inLanguage(language: Language, lead: string): string {
  return language === 'node'
    ? lead
    : `In ${languageFacts(language).title}, ${lead.charAt(0).toLowerCase()}${lead.slice(1)}`;
}

function useLead({ executor, workers, rising }: Use): string {
  return `Use ${rising ? 'at least ' : ''}${workersOf(executor, workers)}`;
}

function useRest({ gain, others, next, rising }: Use): string {
  return [
    gain === null ? 'one worker was not measured' : `${times(gain)} one worker`,
    ...others.map(otherWords),
    rising ? 'more were not measured' : nextWords(next),
  ]
    .filter((clause) => clause !== '')
    .join('; ');
}

/** `2 threads`, under the name of their language. */
function workersOf(executor: ExecutorKey, workers: number): string {
  return workers === 1 ? `one ${workerTitle(executor)}` : `${number(workers)} ${executorShortTitle(executor)}`;
}

function otherWords({ executor, time, stands, costs, gains, oneAtATime }: OtherExecutor): string {
  const who = executorShortTitle(executor);
  const cost = costs === null ? '' : ` and cost ${costs}`;
  if (stands === 'as-well') return `${who} do as well here${cost}`;
  if (stands === 'open' || time === null) return `${who} are not told apart from them${cost}`;
  const lock = oneAtATime && !gains ? ', as they share one interpreter lock (GIL)' : '';
  return `${who} take ${times(time)} as long${lock}`;
}

/** Less than this is nothing that anybody would choose by. */
const NOTHING = 0.05;
const ORDINALS = ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function nextWords(next: Use['next']): string {
  if (next === null) return '';
  const { workers, gain } = next;
  const ordinal = ORDINALS[workers - 2];
  return `${ordinal === undefined ? `more than that, such as ${number(workers)},` : `a ${ordinal} worker`} ${added(gain, ordinal === undefined)}`;
}

function added({ value, low, high }: Estimate, several: boolean): string {
  const s = several ? '' : 's';
  if (low > 1) return `add${s} ${percent(value - 1)}`;
  return high <= 1 + NOTHING ? `add${s} nothing` : `${several ? 'are' : 'is'} not shown to add anything`;
}

function noGain(others: readonly OtherExecutor[]): string {
  const tried = others.map(({ executor, workers }) => workersOf(executor, workers));
  const [first, second] = tried;
  if (first === undefined) return 'nothing else was measured';
  if (second === undefined) return `${first} are not shown to be faster`;
  return `neither ${tried.slice(0, -1).join(', ')} nor ${tried.at(-1) ?? second} are shown to be faster`;
}

function busyWords({ cores, of }: Extract<AnswerClaim, { claim: 'too-busy' }>): string {
  return cores === null
    ? 'workers waited for cores, and what used them is unknown; measure again when it is quiet'
    : `something other than these workers used ${coreCount(cores)} of ${plural(of, 'core')}; measure again when it is quiet`;
}
