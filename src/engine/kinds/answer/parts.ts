import {
  ANSWER_PARTS_MS,
  inOrder,
  isExecutorKey,
  isSingle,
  languageFacts,
  languageOf,
  LANGUAGES,
  type AnswerPartState,
  type AnswerSettings,
  type ExecutorKey,
  type Language,
  type SettingsOf,
} from '../../../contract';
import { choose } from './choice';
import { measuredOf } from './answers';
import { claimOf } from './claim';
import type { Evidence } from './evidence-kinds';

/** One experiment that an answer is made of. */
export interface Part extends Pick<AnswerPartState, 'title' | 'language' | 'kind'> {
  /** How long it is expected to take on two idle cores, ms: what the estimate begins with, until the part tells itself. */
  expectedMs: number;
  /** What it is asked to do, once there is the evidence before it; null where there is nothing for it to do. */
  settings(evidence: readonly Evidence[]): SettingsOf<'compare'> | SettingsOf<'scale'> | null;
}

/** What is measured, and of whom. */
export interface PartsChoice {
  settings: Omit<AnswerSettings, 'executors'> & { seed: number };
  executors: readonly ExecutorKey[];
}

/** Language by language, Node first: a comparison, then how many of the one that it names. So one that is stopped has answered what it can. */
export function partsOf(choice: PartsChoice): Part[] {
  const languages = comparable(choice.executors);
  return languages.flatMap((language) => [
    comparison(choice, language, languages.length > 1),
    scaling(choice, language),
  ]);
}

/** Languages that have two executors to be compared, one of them with several workers. */
export function comparable(executors: readonly ExecutorKey[]): Language[] {
  return LANGUAGES.filter((language) => {
    const own = executors.filter((name) => languageOf(name) === language);
    return own.length > 1 && own.some((name) => !isSingle(name));
  });
}

/** Those named, and the baseline of each of their languages where it can run. */
export function withBaselines(executors: readonly ExecutorKey[], available: readonly ExecutorKey[]): ExecutorKey[] {
  const baselines = executors.flatMap((name): ExecutorKey[] => {
    const { baseline } = languageFacts(languageOf(name));
    return isExecutorKey(baseline) && available.includes(baseline) ? [baseline] : [];
  });
  return inOrder([...executors, ...baselines]);
}

function comparison({ settings, executors }: PartsChoice, language: Language, quick: boolean): Part {
  return {
    title: `${languageFacts(language).title}: threads or processes`,
    language,
    kind: 'compare',
    expectedMs: quick ? ANSWER_PARTS_MS.quickCompare : ANSWER_PARTS_MS.compare,
    settings: () => ({
      ...settings,
      kind: 'compare',
      quick,
      executors: executors.filter((name) => languageOf(name) === language),
    }),
  };
}

function scaling({ settings }: PartsChoice, language: Language): Part {
  return {
    title: `${languageFacts(language).title}: how many`,
    language,
    kind: 'scale',
    expectedMs: ANSWER_PARTS_MS.scale,
    settings(evidence) {
      const { compare } = measuredOf(evidence, language);
      // Where others have the cores, it would be measured for nothing.
      if (compare === null || claimOf({ compare, scale: null }).claim === 'too-busy') return null;
      const named = compare.outcome === 'failed' ? null : choose(compare)?.named;
      if (!named || isSingle(named.contender)) return null;
      const { taskMs, ...others } = settings;
      // A length that was calibrated is that of the same size here.
      const size = taskMs === undefined ? {} : { size: compare.settings.size };
      return { ...others, ...size, kind: 'scale', quick: true, executors: [named.contender] };
    },
  };
}
