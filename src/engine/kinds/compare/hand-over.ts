import { contenderTitle, duration, handOverShare, percent, type CompareReport } from '../../../contract';
import { listed } from '../../report/words';

/** From this share of a task's time on, hand-over is said to be measured with it. */
const NOTABLE = 0.05;

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
