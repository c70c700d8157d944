import { TIME_PARTS, type CompareReport, type ContenderReport, type TimeParts } from '../../../contract';
import { CONTENDER_TITLES, duration } from '../words';
import { markup, type Markup } from './markup';

const WIDTH = 600;

/** Where the time of each contender's whole life went, on one scale. */
export function timePartsCard({ contenders }: CompareReport): Markup | null {
  const lived = contenders.flatMap((one) => (one.parts ? [{ one, parts: one.parts }] : []));
  if (lived.length === 0) return null;
  const longestMs = Math.max(...lived.map(({ parts }) => parts.wholeMs));
  return markup`<section class="card"><header><h2>Where the time went</h2><p class="dim">One whole life, cold, from asking for workers to the last one gone; measured once, so without an interval.</p><ul class="legend">${TIME_PARTS.map(({ key, title }) => markup`<li><i class="dot part ${key}"></i>${title}</li>`)}</ul></header>
<div class="scroll" role="group" aria-label="Where the time went" tabindex="0"><table class="latency"><thead><tr><th scope="col">Contender</th><th scope="col" class="scale-ends"><span>0</span><span>${duration(longestMs)}</span></th><th scope="col" class="n">whole</th></tr></thead>
<tbody>${lived.map(({ one, parts }) => row(one, parts, longestMs))}</tbody></table></div></section>`;
}

function row({ contender }: ContenderReport, parts: TimeParts, longestMs: number): Markup {
  const title = CONTENDER_TITLES[contender];
  const at = (ms: number): number => Math.round((ms / longestMs) * WIDTH * 10) / 10;
  let fromMs = 0;
  const blocks = TIME_PARTS.map(({ key }) => {
    const startMs = fromMs;
    fromMs += parts[key] ?? 0;
    return markup`<path class="part ${key}" d="M${at(startMs)} 3H${at(fromMs)}V13H${at(startMs)}z"/>`;
  });
  const said = TIME_PARTS.map(({ key, title: name }) => (parts[key] === null ? '' : `${name} ${duration(parts[key])}`)).filter(Boolean).join(', ');
  return markup`<tr class="${contender}"><th scope="row"><i class="dot ${contender}"></i>${title}</th>
<td><svg role="img" viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none"><title>${title}: ${said}</title>${blocks}</svg></td><td class="n">${duration(parts.wholeMs)}</td></tr>`;
}
