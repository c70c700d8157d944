import type { ExecutorName, LatencySummary, Report } from '../../../contract';
import { duration, EXECUTOR_TITLES, number } from '../words';
import { markup, type Markup } from './markup';

const WIDTH = 300;

interface Entry {
  executor: ExecutorName;
  what: string;
  summary: LatencySummary;
}

/** How long tasks waited and ran, each executor beside the others on one logarithmic scale. */
export function latencyCard(report: Report): Markup | null {
  const entries = report.executors.flatMap(({ executor, running, waiting }): Entry[] => [
    ...(running ? [{ executor, what: 'running', summary: running }] : []),
    ...(waiting ? [{ executor, what: 'waiting', summary: waiting }] : []),
  ]);
  if (entries.length === 0) return null;
  const scale = scaleOf(entries.map(({ summary }) => summary));
  return markup`<section class="card"><header><h2>Latency</h2><p class="dim">Waiting: from queued to started. Running: from started to finished. Line: shortest to longest; bar: p50 to p95. The scale is logarithmic, ${duration(scale.fromMs)} to ${duration(scale.toMs)}.</p></header>
<div class="scroll"><table class="latency"><thead><tr><th scope="col">Executor</th><th scope="col">Shortest to longest</th><th scope="col" class="n">p50</th><th scope="col" class="n">p95</th><th scope="col" class="n">p99</th><th scope="col" class="n">longest</th><th scope="col" class="n">tasks</th></tr></thead>
<tbody>${entries.map((entry) => latencyRow(entry, scale))}</tbody></table></div></section>`;
}

interface Scale {
  fromMs: number;
  toMs: number;
}

function scaleOf(summaries: LatencySummary[]): Scale {
  const toMs = Math.max(0.01, ...summaries.map(({ maxMs }) => maxMs));
  // Below a microsecond the clock itself ends.
  return { fromMs: Math.max(0.001, Math.min(toMs / 10, ...summaries.map(({ minMs }) => minMs))), toMs };
}

function latencyRow({ executor, what, summary }: Entry, scale: Scale): Markup {
  const { count, minMs, p50Ms, p95Ms, p99Ms, maxMs } = summary;
  const title = `${EXECUTOR_TITLES[executor]}, ${what}`;
  const x = (ms: number): number => {
    const share = Math.log(Math.max(ms, scale.fromMs) / scale.fromMs) / Math.log(scale.toMs / scale.fromMs);
    return Math.round(share * (WIDTH - 2) * 10) / 10 + 1;
  };
  return markup`<tr class="${executor}"><th scope="row"><i class="dot ${executor}"></i>${title}</th>
<td><svg role="img" viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none"><title>${title}: p50 ${duration(p50Ms)}, p95 ${duration(p95Ms)}, longest ${duration(maxMs)}</title><path class="whisker" d="M${x(minMs)} 8H${x(maxMs)}"/><path class="range" d="M${x(p50Ms)} 2H${Math.max(x(p95Ms), x(p50Ms) + 3)}V14H${x(p50Ms)}z"/>${p99Ms === null ? null : markup`<path class="whisker" d="M${x(p99Ms)} 3V13"/>`}</svg></td>
<td class="n">${duration(p50Ms)}</td><td class="n">${duration(p95Ms)}</td><td class="n">${p99Ms === null ? 'too few tasks' : duration(p99Ms)}</td><td class="n">${duration(maxMs)}</td><td class="n">${number(count)}</td></tr>`;
}
