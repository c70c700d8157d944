import {
  capital,
  contenderTitle,
  factor,
  languageFacts,
  languageOf,
  LANGUAGES,
  times,
  type AnswerReport,
  type AnswerState,
  type CompareReport,
  type CompareState,
  type ContenderKey,
  type Language,
  type ScaleReport,
  type ScaleState,
} from '../../../contract';
import type { BarListRow } from '../charts/bar-list';
import type { PlotSeries } from '../charts/plot-scale';
import { seriesOfReport, seriesOfState } from '../charts/scale-series';
import { contenderColour } from '../theme/contenders';

/** What is known of one language: of each experiment its report, or before that its state. */
export interface Reason {
  language: Language;
  title: string;
  compare: CompareReport | CompareState | null;
  scale: ScaleReport | ScaleState | null;
}

/** Language by language, from the report, or what is known before. */
export function reasonsOf(report: AnswerReport | null, state: AnswerState | null): Reason[] {
  return LANGUAGES.flatMap((language) => {
    const ofReport = (report?.evidence ?? []).filter(({ settings }) =>
      settings.executors.some((name) => languageOf(name) === language),
    );
    const ofState = (state?.parts ?? []).flatMap((part) => (part.language === language && part.now ? [part.now] : []));
    const known = report ? ofReport : ofState;
    const compare = known.find((one) => one.kind === 'compare') ?? null;
    const scale = known.find((one) => one.kind === 'scale') ?? null;
    if (compare === null && scale === null) return [];
    return [{ language, title: languageFacts(language).title, compare, scale }];
  });
}

const isReport = (one: CompareReport | CompareState): one is CompareReport => 'differences' in one;

/** How many times as fast as one worker each is, with its interval once there is one. */
export function speedBars({ language, compare }: Reason): BarListRow[] {
  if (compare === null) return [];
  const { baseline } = languageFacts(language);
  const row = (contender: ContenderKey, parts: readonly number[] | null, text: string): BarListRow => ({
    key: contender,
    title: capital(contender === baseline ? 'one by one' : shortTitle(contender)),
    colour: contenderColour(contender),
    parts,
    text,
  });
  if (!isReport(compare)) {
    const one = compare.contenders.find(({ contender }) => contender === baseline)?.medianMs ?? null;
    return compare.contenders.map(({ contender, medianMs }) => {
      const speed = one === null || medianMs === null ? null : one / medianMs;
      return row(contender, speed === null ? null : [speed], factor(speed));
    });
  }
  return compare.contenders.map(({ contender, speedUp, makespanMs }) => {
    if (contender === baseline)
      return row(contender, makespanMs === null ? null : [1], factor(makespanMs === null ? null : 1));
    return {
      ...row(contender, speedUp === null ? null : [speedUp.value], times(speedUp)),
      low: speedUp?.low ?? undefined,
      high: speedUp?.high ?? undefined,
    };
  });
}

/** Under the name of its language. */
function shortTitle(contender: ContenderKey): string {
  const title = contenderTitle(contender);
  const { title: language } = languageFacts(languageOf(contender));
  return title.replace(`${language} `, '');
}

/** The curves of all languages that were scaled. */
export function curves(reasons: readonly Reason[]): PlotSeries[] {
  return reasons.flatMap(({ scale }) => {
    if (scale === null) return [];
    const series = 'roundCount' in scale ? seriesOfReport(scale, 'speed-up') : seriesOfState(scale, 'speed-up');
    // A law says more than a short curve shows.
    return series.map(({ curve: _curve, misfit: _misfit, ...one }) => ({ ...one, joined: true }));
  });
}

/** The worker counts that were measured, or are to be. */
export function countsOf(reasons: readonly Reason[]): number[] {
  return [...new Set(reasons.flatMap(({ scale }) => scale?.settings.workers ?? []))].sort((a, b) => a - b);
}

export interface CoreRow {
  key: ContenderKey;
  title: string;
  colour: string;
  /** Each core’s share over all rounds. */
  busy: readonly number[];
  /** What its own workers used of each core; null where that is not known. */
  own: readonly number[] | null;
  /** What they used in all, in cores; null where that is not known. */
  coresBusy: number | null;
}

/** The cores while each contender ran: how much of each was used by anything, and by its own workers. */
export function coreRows({ language, compare }: Reason): CoreRow[] {
  if (compare === null || !isReport(compare)) return [];
  const { baseline } = languageFacts(language);
  return compare.contenders.flatMap(({ contender, cores, coresBusy }) =>
    cores
      ? [
          {
            key: contender,
            title: capital(contender === baseline ? 'one by one' : shortTitle(contender)),
            colour: contenderColour(contender),
            busy: cores.busy,
            own: cores.own?.busy ?? null,
            coresBusy,
          },
        ]
      : [],
  );
}
