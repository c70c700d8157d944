import {
  contenderOf,
  contenderTitle,
  duration,
  interval,
  number,
  type CompareReport,
  type ContenderReport,
} from '../../../../contract';
import { markup, type Markup } from '../../../report/html/markup';
import { niceCeiling } from '../../../report/html/series';

const WIDTH = 600;
const HEIGHT = 22;

/** Every round of every contender as a mark, with its median and interval, on one scale from 0. */
export function roundsCard({ contenders }: CompareReport): Markup | null {
  const measured = contenders.filter(({ rounds }) => rounds.makespanMs.length > 0);
  if (measured.length === 0) return null;
  const top = niceCeiling(Math.max(...measured.flatMap(({ rounds }) => rounds.makespanMs)));
  return markup`<section class="card"><header><h2>Rounds</h2><p class="dim">Each mark is the makespan of one round; the bar reaches from 0 to the median, the box is its 95 % interval. Shorter is faster.</p></header>
<div class="scroll" role="group" aria-label="Rounds" tabindex="0"><table class="latency"><thead><tr><th scope="col">Executor</th><th scope="col" class="scale-ends"><span>0</span><span>${duration(top)}</span></th><th scope="col" class="n">makespan</th><th scope="col" class="n">rounds</th></tr></thead>
<tbody>${measured.map((contender) => row(contender, top))}</tbody></table></div></section>`;
}

function row({ contender, makespanMs, rounds }: ContenderReport, top: number): Markup {
  const x = (ms: number): number => Math.round((ms / top) * WIDTH * 10) / 10;
  const title = contenderTitle(contender);
  const { value, low, high } = makespanMs ?? { value: 0, low: 0, high: 0 };
  const marks = rounds.makespanMs.map((ms) => `M${String(x(ms))} 3V19`).join('');
  const said = `${title}: median ${duration(value)}, 95 % interval ${interval({ low, high }, duration)}, ${number(rounds.round.length)} rounds`;
  return markup`<tr class="${contenderOf(contender)}"><th scope="row"><i class="dot ${contenderOf(contender)}"></i>${title}</th>
<td><svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><title>${said}</title><path class="faint" d="M0 7H${x(value)}V15H0z"/><path d="M${x(low)} 5H${Math.max(x(high), x(low) + 2)}V17H${x(low)}z"/><path class="whisker" d="${marks}"/></svg></td>
<td class="n">${duration(value)}</td><td class="n">${number(rounds.round.length)}</td></tr>`;
}
