import { contenderOf, interval, intervalBeside, type ExecutorKey, type Measured, type Unit } from '../../../contract';
import { markup, type Markup } from './markup';
import { niceCeiling } from './series';

const WIDTH = 600;
const HEIGHT = 22;

interface IntervalRow {
  executor: ExecutorKey;
  title: string;
  measured: Measured | null;
}

export interface IntervalCard {
  title: string;
  note: string;
  rows: readonly IntervalRow[];
  unit: Unit;
}

/** Every value as a mark, with the median and its interval, on one scale from 0; nothing where no row has a value. */
export function intervalCard({ title, note, rows, unit }: IntervalCard): Markup | null {
  const known = rows.flatMap(({ measured, ...row }) => (measured === null ? [] : [{ ...row, measured }]));
  if (known.length === 0) return null;
  const top = niceCeiling(Math.max(...known.flatMap(({ measured }) => measured.values)));
  const x = (value: number): number => Math.round(Math.max(0, value / top) * WIDTH * 10) / 10;
  const row = ({ executor, title: name, measured: { value, low, high, values } }: (typeof known)[number]): Markup => {
    const said = `${name}: median ${unit(value)}, 95 % interval ${interval({ low, high }, unit)}, ${values.length} values`;
    const marks = values.map((one) => `M${String(x(one))} 3V19`).join('');
    return markup`<tr class="${contenderOf(executor)}"><th scope="row"><i class="dot ${contenderOf(executor)}"></i>${name}</th>
<td><svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><title>${said}</title><path class="faint" d="M0 7H${x(value)}V15H0z"/><path d="M${x(low)} 5H${Math.max(x(high), x(low) + 2)}V17H${x(low)}z"/><path class="whisker" d="${marks}"/></svg></td>
<td class="n">${unit(value)}</td><td class="n">${intervalBeside({ value, low, high }, unit)}</td></tr>`;
  };
  return markup`<section class="card"><header><h2>${title}</h2><p class="dim">${note} Each mark is one value; the bar reaches from 0 to the median, the box is its 95 % interval.</p></header>
<div class="scroll" role="group" aria-label="${title}" tabindex="0"><table class="latency"><thead><tr><td></td><th scope="col" class="scale-ends"><span>0</span><span>${unit(top)}</span></th><th scope="col" class="n">median</th><th scope="col" class="n">95 % interval</th></tr></thead>
<tbody>${known.map(row)}</tbody></table></div></section>`;
}
