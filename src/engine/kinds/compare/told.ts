import type { CompareState } from '../../../contract';
import { openPairs, racing, settlingMs, type Progress } from './stability';
import { VERDICTS } from './standing';
import { roundMs } from './time-left';

/** How contenders stand, as a state tells it: every pair, and which of them are undecided. */
export function told(progress: Progress): Pick<CompareState, 'pairs' | 'undecided'> {
  const eachMs = roundMs(racing(progress));
  return {
    pairs: progress.standings.map(({ contender, against, found }) => ({
      contender: contender.name,
      against: against.name,
      value: found.ratio,
      low: found.interval?.low ?? null,
      high: found.interval?.high ?? null,
      basis: found.basis,
      verdict: VERDICTS[found.verdict],
    })),
    undecided: openPairs(progress).map((open) => {
      const [contender, against] = open.pair;
      return { contender: contender.name, against: against.name, remainingMs: settlingMs(open, eachMs) };
    }),
  };
}
