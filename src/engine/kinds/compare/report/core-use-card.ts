import {
  barPath,
  contenderOf,
  contenderTitle,
  type CompareReport,
  type ContenderKey,
  type CoreUse,
} from '../../../../contract';
import { markup, type Markup } from '../../../report/html/markup';

const SIZE = { width: 120, height: 40 };

/** How busy each core was while each contender ran: a column a contender, a row a core. */
export function coreUseCard({ contenders }: CompareReport): Markup | null {
  const shown = contenders.flatMap(({ contender, cores }) => (cores ? [{ contender, cores }] : []));
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map(({ cores }) => cores.cores.length));
  return markup`<section class="card"><header><h2>Cores while each ran</h2><p class="dim">In the order of the rounds, short ones put together. Full height: the core was busy all the time.</p>${legend(shown)}</header>
<div class="scroll" role="group" aria-label="Cores while each ran" tabindex="0"><div class="ran ${most > 16 ? 'many' : ''}">${shown.map(({ contender, cores }) => markup`<div class="${contenderOf(contender)}"><h3><i class="dot ${contenderOf(contender)}"></i>${contenderTitle(contender)}</h3><ul>${cores.cores.map((core, at) => item(cores, core, at))}</ul></div>`)}</div></div></section>`;
}

/** What the colours mean, as far as they occur. */
function legend(shown: readonly { contender: ContenderKey; cores: CoreUse }[]): Markup {
  const told = shown.filter(({ cores }) => cores.own);
  return markup`<ul class="legend">${told.length > 0 ? markup`<li>${told.map(({ contender }) => markup`<i class="dot ${contenderOf(contender)}"></i>`)}its workers, in its colour</li><li><i class="dot other"></i>everything else</li>` : ''}${told.length < shown.length ? markup`<li><i class="dot plain"></i>busy; what used it is not known</li>` : ''}</ul>`;
}

const whole = (share: number): string => `${String(Math.round(share * 100))} %`;

function item({ busy, series, own }: CoreUse, core: number, at: number): Markup {
  const by = own ? `, ${whole(own.busy[at] ?? 0)} by its workers` : '';
  const said = `core ${String(core)}: ${whole(busy[at] ?? 0)} busy${by}`;
  const all = series[at] ?? [];
  const mine = own?.series[at];
  const paths = mine
    ? markup`<path d="${barPath(mine, SIZE)}"/><path class="other" d="${barPath(all, SIZE, mine)}"/>`
    : markup`<path class="plain" d="${barPath(all, SIZE)}"/>`;
  return markup`<li><span class="label">${String(core)}</span><svg role="img" viewBox="0 0 ${SIZE.width} ${SIZE.height}" preserveAspectRatio="none"><title>${said}</title>${paths}</svg><b>${whole(busy[at] ?? 0)}</b></li>`;
}
