import { contenderOf, duration, number, type ContenderKey, type LatencySummary } from '../../../contract';
import { markup, type Markup } from './markup';

const WIDTH = 300;

/** Who ran tasks, and how long they took. */
export interface Timed {
  executor: ContenderKey;
  title: string;
  running: LatencySummary | null;
  waiting: LatencySummary | null;
}

interface Entry {
  executor: ContenderKey;
  title: string;
  summary: LatencySummary;
}

interface Scale {
  fromMs: number;
  toMs: number;
}

/** How long tasks ran and waited, each executor beside the others; each of the two on its own logarithmic scale. */
export function latencyCard(timed: readonly Timed[]): Markup | null {
  const running = entriesOf(timed, 'running');
  const waiting = entriesOf(timed, 'waiting');
  if (running.length + waiting.length === 0) return null;
  return markup`<section class="card"><header><h2>Latency</h2><p class="dim">Line: shortest to longest. Bar: p50 to p95. Tick: p99. The scales are logarithmic.</p></header>
${latencyTable('Latency: from started to finished', running)}${latencyTable('Waiting: from queued to started', waiting)}</section>`;
}

function entriesOf(timed: readonly Timed[], what: 'running' | 'waiting'): Entry[] {
  return timed.flatMap(({ executor, title, [what]: summary }) => (summary ? [{ executor, title, summary }] : []));
}

function latencyTable(title: string, entries: Entry[]): Markup | null {
  if (entries.length === 0) return null;
  const scale = scaleOf(entries.map(({ summary }) => summary));
  return markup`<div class="scroll" role="group" aria-label="${title}" tabindex="0"><table class="latency"><caption>${title}</caption><thead><tr><th scope="col">Executor</th><th scope="col" class="scale-ends"><span>${duration(scale.fromMs)}</span><span>${duration(scale.toMs)}</span></th><th scope="col" class="n">p50</th><th scope="col" class="n">p95</th><th scope="col" class="n">p99</th><th scope="col" class="n">longest</th><th scope="col" class="n">tasks</th></tr></thead>
<tbody>${entries.map((entry) => latencyRow(entry, scale))}</tbody></table></div>`;
}

/** From the shortest to the longest of all; below a microsecond the clock itself ends. */
function scaleOf(summaries: LatencySummary[]): Scale {
  const fromMs = Math.max(0.001, Math.min(...summaries.map(({ minMs }) => minMs)));
  return { fromMs, toMs: Math.max(fromMs * 2, ...summaries.map(({ maxMs }) => maxMs)) };
}

function latencyRow({ executor, title, summary }: Entry, scale: Scale): Markup {
  const { count, minMs, p50Ms, p95Ms, p99Ms, maxMs } = summary;
  const x = (ms: number): number => {
    const share = Math.log(Math.max(ms, scale.fromMs) / scale.fromMs) / Math.log(scale.toMs / scale.fromMs);
    return Math.round(share * (WIDTH - 4) * 10) / 10 + 2;
  };
  const tail = p99Ms === null ? null : markup`<path class="whisker" d="M${x(p99Ms)} 3V13"/>`;
  return markup`<tr class="${contenderOf(executor)}"><th scope="row"><i class="dot ${contenderOf(executor)}"></i>${title}</th>
<td><svg role="img" viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none"><title>${title}: shortest ${duration(minMs)}, p50 ${duration(p50Ms)}, p95 ${duration(p95Ms)}, longest ${duration(maxMs)}</title><path class="whisker" d="M${x(minMs)} 8H${x(maxMs)}"/><path class="range" d="M${x(p50Ms)} 2H${Math.max(x(p95Ms), x(p50Ms) + 2)}V14H${x(p50Ms)}z"/>${tail}</svg></td>
<td class="n">${duration(p50Ms)}</td><td class="n">${duration(p95Ms)}</td><td class="n">${duration(p99Ms)}</td><td class="n">${duration(maxMs)}</td><td class="n">${number(count)}</td></tr>`;
}
