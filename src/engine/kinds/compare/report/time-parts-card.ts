import {
  capital,
  contenderOf,
  contenderTitle,
  duration,
  livesWords,
  TIME_PARTS,
  type CompareReport,
  type ContenderReport,
  type TimeParts,
} from '../../../../contract';
import { markup, type Markup } from '../../../report/html/markup';

/** Where the time of each contender's whole life went, on one scale. */
export function timePartsCard({ contenders }: CompareReport): Markup | null {
  const lived = contenders.flatMap((one) => (one.parts ? [{ one, parts: one.parts }] : []));
  if (lived.length === 0) return null;
  const longestMs = Math.max(...lived.map(({ parts }) => parts.wholeMs));
  return markup`<section class="card"><header><h2>Where the time went</h2><p class="dim">${capital(livesWords(contenders))}.</p><ul class="legend">${TIME_PARTS.map(({ key, title }) => markup`<li><i class="part ${key}"></i>${title}</li>`)}</ul></header>
<div class="scroll" role="group" aria-label="Where the time went" tabindex="0"><table class="latency"><thead><tr><th scope="col">Executor</th><th scope="col" class="scale-ends"><span>0</span><span>${duration(longestMs)}</span></th><th scope="col" class="n">whole</th></tr></thead>
<tbody>${lived.map(({ one, parts }) => row(one, parts, longestMs))}</tbody></table></div></section>`;
}

/** Tones and patterns of the executor's own colour: colours alone mean executors. */
function row({ contender }: ContenderReport, parts: TimeParts, longestMs: number): Markup {
  const title = contenderTitle(contender);
  const shown = TIME_PARTS.flatMap(({ key, title: name }) => {
    const ms = parts[key];
    return ms === null ? [] : [{ key, name, ms }];
  });
  const said = shown.map(({ name, ms }) => `${name} ${duration(ms)}`).join(', ');
  const width = Math.round((parts.wholeMs / longestMs) * 1000) / 10;
  return markup`<tr class="${contenderOf(contender)}"><th scope="row"><i class="dot ${contenderOf(contender)}"></i>${title}</th>
<td><div class="stack" role="img" aria-label="${title}: ${said}" style="width:${width}%">${shown.map(({ key, ms }) => markup`<i class="${key}" style="flex-grow:${Math.max(0, Math.round(ms * 1000) / 1000)}"></i>`)}</div></td><td class="n">${duration(parts.wholeMs)}</td></tr>`;
}
