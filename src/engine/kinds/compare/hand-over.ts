import { contenderTitle, duration, percent, type CompareReport, type ContenderReport } from '../../../contract';
import { listed } from '../../report/words';

/** From this share of a task's time on, hand-over is said to be measured with it. */
const NOTABLE = 0.05;

/** How long handing over a task takes, as a share of the task; null where one of both is not known. */
export function handOverShare({ handOverUs, running }: Pick<ContenderReport, 'handOverUs' | 'running'>): number | null {
  return handOverUs === null || running === null || running.meanMs <= 0 ? null : handOverUs / 1000 / running.meanMs;
}

/** Whose tasks are short beside their hand-over: a sentence, or nothing. */
export function handOverNote({ contenders }: Pick<CompareReport, 'contenders'>): string {
  const short = contenders.flatMap((one) => {
    const share = handOverShare(one);
    return share === null || share <= NOTABLE || one.failure !== null
      ? []
      : [{ share, said: `${percent(share)} of a task’s time on ${contenderTitle(one.contender)}` }];
  });
  if (short.length === 0) return '';
  const meanMs = Math.min(...contenders.flatMap(({ running }) => running?.meanMs ?? []));
  return `Tasks are short (${duration(meanMs)}), so hand-over counts: it takes ${listed(short.map(({ said }) => said))}.`;
}
