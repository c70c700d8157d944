import { contenderOf, contenderTitle, type CompareReport, type CoreUse } from '../../../../contract';
import { markup, type Markup } from '../../../report/html/markup';

const WIDTH = 120;
const HEIGHT = 40;

/** How busy each core was while each contender ran: a column a contender, a row a core. */
export function coreUseCard({ contenders }: CompareReport): Markup | null {
  const shown = contenders.flatMap(({ contender, cores }) => (cores ? [{ contender, cores }] : []));
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map(({ cores }) => cores.cores.length));
  return markup`<section class="card"><header><h2>Cores while each ran</h2><p class="dim">In the order of the rounds, short ones put together; all programs count. Full height: the core was busy all the time.</p></header>
<div class="scroll" role="group" aria-label="Cores while each ran" tabindex="0"><div class="ran ${most > 16 ? 'many' : ''}">${shown.map(({ contender, cores }) => markup`<div class="${contenderOf(contender)}"><h3><i class="dot ${contenderOf(contender)}"></i>${contenderTitle(contender)}</h3><ul>${cores.cores.map((core, at) => item(cores, core, at))}</ul></div>`)}</div></div></section>`;
}

function item({ busy, series }: CoreUse, core: number, at: number): Markup {
  const said = `core ${String(core)}: ${String(Math.round((busy[at] ?? 0) * 100))} % busy`;
  const values = series[at] ?? [];
  const step = WIDTH / Math.max(1, values.length);
  const round = (value: number): string => String(Math.round(value * 100) / 100);
  const path = values
    .map(
      (value, index) =>
        `M${round(index * step)} ${String(HEIGHT)}V${round(HEIGHT * (1 - Math.min(1, value)))}h${round(step * 0.86)}V${String(HEIGHT)}z`,
    )
    .join('');
  return markup`<li><span class="label">${String(core)}</span><svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><title>${said}</title><path d="${path}"/></svg><b>${String(Math.round((busy[at] ?? 0) * 100))} %</b></li>`;
}
