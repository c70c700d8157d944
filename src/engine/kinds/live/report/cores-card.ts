import {
  contenderOf,
  duration,
  executorTitle,
  keysOf,
  percent,
  percentOf,
  plural,
  type ExecutorKey,
  type LiveReport,
  type SampleTable,
} from '../../../../contract';
import { NOT_AVAILABLE } from '../../../report/words';
import { sourcesSentence } from './tables';
import { legend } from '../../../report/html/legend';
import { markup, type Markup } from '../../../report/html/markup';
import { binned, sampledWindow, stepArea, weightedMean } from '../../../report/html/series';

const BINS = 120;
const HEIGHT = 100;
/** A reading speaks of about a second; of a longer gap only its end is drawn. */
const READING_MS = 1200;

/** Every core's history, stacked by who caused it: small multiples on one scale. */
export function coresCard(report: LiveReport): Markup {
  const { samples } = report;
  const means = samples.utilization.map((column) => weightedMean(column, samples.intervalMs));
  if (samples.atMs.length === 0)
    return markup`<section class="card"><h2>Cores</h2><p class="dim">Utilization is ${NOT_AVAILABLE}: the report holds no samples.</p></section>`;
  const known = means.filter((mean) => mean !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const { fromMs, toMs } = sampledWindow(samples);
  const cause = samples.byExecutor === null ? ` The cause is ${NOT_AVAILABLE}.` : '';
  return markup`<section class="card"><header><h2>Cores</h2>
<p class="dim">${percentOf(mean, plural(known.length, 'core'))} on average over ${duration(toMs - fromMs)}. In each picture, full height (100 %) means that this core was busy all the time.${cause} ${sourcesSentence(samples)}${samples.crossCheck.atMs.length > 0 ? ' The line over each picture is systeminformation’s.' : ''}</p>${legend(layerNames(samples), samples.byExecutor === null ? 'busy' : 'everything else')}</header>
<ul class="cores ${known.length > 24 ? 'many' : ''}">${samples.cores.map((core, at) => coreItem(samples, { core, at, mean: means[at] ?? null }))}</ul></section>`;
}

function layerNames(samples: SampleTable): ExecutorKey[] {
  return keysOf(samples.byExecutor ?? {});
}

function coreItem(samples: SampleTable, { core, at, mean }: { core: number; at: number; mean: number | null }): Markup {
  const name = `core ${String(core)}`;
  const busy = percent(mean);
  return markup`<li><span class="label"><span>${name}</span> <b>${busy}</b></span><svg role="img" viewBox="0 0 ${BINS} ${HEIGHT}" preserveAspectRatio="none"><title>${name}: ${busy} of this core busy on average</title><desc>${describe(samples, at)}</desc>${layers(samples, at)}${secondLine(samples, at)}</svg></li>`;
}

/** From the whole down to the ground: each area covers the lower part of the one before. */
function layers(samples: SampleTable, at: number): Markup[] {
  const to = { ...sampledWindow(samples), bins: BINS };
  const busy = samples.utilization[at] ?? [];
  let top = binned(busy, samples, to);
  const areas: Markup[] = [];
  for (const name of layerNames(samples)) {
    areas.push(markup`<path class="${contenderOf(name)}" d="${stepArea(top, HEIGHT)}"/>`);
    const own = binned(samples.byExecutor?.[name]?.[at] ?? [], samples, to);
    top = top.map((value, bin) => (value === null ? null : Math.max(0, value - (own[bin] ?? 0))));
  }
  areas.push(markup`<path class="other" d="${stepArea(top, HEIGHT)}"/>`);
  return areas;
}

/** What systeminformation said, as a line of steps: each value over the time since the one before. */
function secondLine(samples: SampleTable, at: number): Markup {
  const { crossCheck } = samples;
  const { fromMs, toMs } = sampledWindow(samples);
  const x = (ms: number): number =>
    Math.round(Math.min(1, Math.max(0, (ms - fromMs) / Math.max(1, toMs - fromMs))) * BINS * 100) / 100;
  let path = '';
  let beforeMs: number | null = null;
  crossCheck.atMs.forEach((endMs, row) => {
    const value = crossCheck.utilization[at]?.[row] ?? null;
    const startMs = Math.max(beforeMs ?? -Infinity, endMs - READING_MS);
    const y = value === null ? null : Math.round(HEIGHT * (1 - Math.min(1, value)) * 10) / 10;
    if (y !== null)
      path += `${beforeMs === startMs && path !== '' ? 'L' : 'M'}${String(x(startMs))} ${String(y)}H${String(x(endMs))}`;
    beforeMs = value === null ? null : endMs;
  });
  return markup`<path class="second" d="${path}"/>`;
}

function describe(samples: SampleTable, at: number): string {
  const parts = layerNames(samples).map((name) => {
    const mean = weightedMean(samples.byExecutor?.[name]?.[at] ?? [], samples.intervalMs);
    return `${executorTitle(name)} ${percentOf(mean, 'this core')}`;
  });
  return parts.length > 0 ? `On average: ${parts.join(', ')}.` : `The cause is ${NOT_AVAILABLE}.`;
}
