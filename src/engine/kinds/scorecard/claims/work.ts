import {
  coreCount,
  times,
  withInterval,
  type CompareReport,
  type ContenderKey,
  type Estimate,
  type Language,
  type ScorecardFigure,
} from '../../../../contract';
import { figure, NOTABLE, notMeasured, type Call, type Claim, type Judgement } from '../claim';
import { contenderOf, coresBusy, EXECUTORS_OF, timesAsFast } from '../evidence';

/** Speed-ups of a language's threads and processes, and how fast the one is beside the other. */
interface Gains {
  threads: Estimate;
  processes: Estimate;
  /** How many times as fast threads are as processes. */
  beside: Estimate;
  figures: Pick<Judgement, 'threads' | 'processes'>;
}

function gainsOf(report: CompareReport | undefined, language: Language): Gains | null {
  const { threads, processes, baseline } = EXECUTORS_OF[language];
  const gain = (name: ContenderKey): Estimate | null => timesAsFast(report, name, baseline);
  const [own, other, beside] = [gain(threads), gain(processes), timesAsFast(report, threads, processes)];
  if (own === null || other === null || beside === null) return null;
  const shown = (name: 'threads' | 'processes' | 'python-threads' | 'python-processes'): ScorecardFigure[] => {
    const contender = contenderOf(report, name);
    // As every report shows it: with the 95 % interval.
    return contender?.speedUp
      ? [figure(name, `${times(contender.speedUp)} at ${String(contender.workers)}`, contender.speedUp)]
      : [];
  };
  return { threads: own, processes: other, beside, figures: { threads: shown(threads), processes: shown(processes) } };
}

/** Why a comparison says nothing of a language. */
function lack(report: CompareReport | undefined, language: Language): Judgement {
  const { threads, processes } = EXECUTORS_OF[language];
  const taking = (report?.contenders ?? []).filter(({ contender }) => contender === threads || contender === processes);
  return notMeasured([
    ...taking.map(({ failure }) => failure?.message),
    taking.length === 0 && report !== undefined
      ? `No executors of ${EXECUTORS_OF[language].title} took part here.`
      : null,
  ]);
}

/** Judges by gains; what of them is missing leaves the claim not shown. */
function byGains(report: CompareReport | undefined, language: Language, call: (gains: Gains) => Call): Judgement {
  const found = gainsOf(report, language);
  return found === null ? lack(report, language) : { ...call(found), ...found.figures };
}

const gains = (gain: Estimate): boolean => gain.low > 1 + NOTABLE;
const gainsNothing = (gain: Estimate): boolean => gain.high < 1 + NOTABLE;
const undecided = (beside: Estimate): string =>
  `Threads are ${times(beside)} (95 % for all pairs) as fast as processes; the interval does not show whether they are 5 % slower.`;

export const ioBound: Claim = {
  name: 'io-bound',
  title: 'I/O-bound work',
  said: 'For I/O-bound work threads are enough.',
  of: 'both',
  measuredBy: 'compare http: the same requests, threads and processes',
  judge({ io }, language) {
    return byGains(io, language, ({ threads, beside }) => {
      if (gainsNothing(threads))
        return { holds: 'no', why: `Threads gain nothing: ${times(threads)} (95 % for all pairs).` };
      if (beside.high < 1 - NOTABLE)
        return {
          holds: 'no',
          why: `Threads gain, but are ${times(beside)} (95 % for all pairs) as fast as processes.`,
        };
      if (gains(threads) && beside.low > 1 - NOTABLE)
        return {
          holds: 'yes',
          why: `Threads gain, and are not slower than processes by 5 % or more: ${times(beside)} (95 % for all pairs).`,
        };
      return { holds: 'not-shown', why: undecided(beside) };
    });
  },
};

export const cpuBound: Claim = {
  name: 'cpu-bound',
  title: 'CPU-bound work',
  said: 'For CPU-bound work processes are better than threads.',
  of: 'python',
  measuredBy: 'compare primes: the same work, threads and processes',
  judge({ cpu }, language) {
    return byGains(cpu, language, ({ beside }) => {
      if (beside.high < 1 - NOTABLE)
        return { holds: 'yes', why: `Threads are ${times(beside)} (95 % for all pairs) as fast as processes.` };
      if (beside.low > 1 - NOTABLE)
        return {
          holds: 'no',
          why: `Threads are not slower than processes by 5 % or more: ${times(beside)} (95 % for all pairs).`,
        };
      return { holds: 'not-shown', why: undecided(beside) };
    });
  },
};

/** A gain that is called limited. */
const LIMITED = 1.15;

export const gain: Claim = {
  name: 'gain',
  title: 'Performance gain',
  said: 'On CPU-bound work the gain of threads is limited, that of processes significant.',
  of: 'python',
  measuredBy: 'compare primes: compared with one worker of the same language',
  judge({ cpu }, language) {
    return byGains(cpu, language, ({ threads, processes }) => {
      const why = `Threads ${times(threads)}, processes ${times(processes)} (95 % for all pairs); limited is under ${String(LIMITED)} ×, significant above.`;
      if (threads.high < LIMITED && processes.low > LIMITED) return { holds: 'yes', why };
      return { holds: threads.low > LIMITED || processes.high < LIMITED ? 'no' : 'not-shown', why };
    });
  },
};

/** Cores busy above which two threads computed at the same time. */
const MORE_THAN_ONE = 1.25;

export const lock: Claim = {
  name: 'lock',
  title: 'Interpreter lock',
  said: 'The interpreter lock lets one Python thread compute at a time; each process has its own.',
  of: 'python',
  measuredBy: 'compare primes: CPU time ÷ wall time',
  judge({ cpu }, language) {
    const { threads, processes, title } = EXECUTORS_OF[language];
    const [busy, others] = [coresBusy(cpu, threads), coresBusy(cpu, processes)];
    if (busy === null || others === null || cpu === undefined) return lack(cpu, language);
    const figures = {
      threads: [figure(threads, `${withInterval(busy, coreCount)} cores busy`, busy)],
      processes: [figure(processes, `${withInterval(others, coreCount)} cores busy`, others)],
    };
    const off = contenderOf(cpu, threads)?.lock === 'off';
    if (busy.low > MORE_THAN_ONE)
      return {
        ...figures,
        holds: 'no',
        why:
          language === 'node'
            ? 'Threads of Node share no lock: they compute at the same time.'
            : off
              ? 'This Python is free-threaded: its lock is off.'
              : `Threads of ${title} kept more than one core busy.`,
      };
    if (busy.high < MORE_THAN_ONE && others.low > MORE_THAN_ONE)
      return { ...figures, holds: 'yes', why: 'Threads kept one core busy, processes kept more.' };
    return {
      ...figures,
      holds: 'not-shown',
      why:
        others.low > MORE_THAN_ONE
          ? 'Threads kept about one core busy, but the interval is too wide to be certain.'
          : 'Processes did not keep more than one core busy either.',
    };
  },
};
