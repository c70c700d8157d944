import {
  contenderOf,
  executorTitle,
  instant,
  keysOf,
  rate,
  type ExecutorKey,
  type LiveReport,
} from '../../../../contract';
import { legend } from '../../../report/html/legend';
import { markup, type Markup } from '../../../report/html/markup';
import { binned, niceCeiling, sampledWindow, type Window } from '../../../report/html/series';

const WIDTH = 1000;
const HEIGHT = 160;
const POINTS = 250;

/** Tasks finished a second over the run, one line an executor, on a scale from 0. */
export function throughputCard(report: LiveReport): Markup | null {
  const { samples, executors } = report;
  const names = keysOf(samples.throughput).filter(
    (name) => (samples.throughput[name]?.length ?? 0) > 1 && executors.some(({ executor }) => executor === name),
  );
  if (names.length === 0) return null;
  const window = sampledWindow(samples);
  const bins = Math.min(POINTS, samples.atMs.length);
  const series = names.map((name) => ({
    name,
    values: binned(samples.throughput[name] ?? [], samples, { ...window, bins }),
  }));
  const top = niceCeiling(Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const seconds = (share: number): string =>
    instant(Math.max(0, window.fromMs + share * (window.toMs - window.fromMs)));
  return markup`<section class="card"><header><h2>Throughput</h2><p class="dim">Tasks finished a second. Dashed: a worker count changed.</p>${legend(names)}</header>
<div class="plot"><p class="scale" aria-hidden="true"><span>${rate(top)}</span><span>${rate(top / 2)}</span><span>0</span></p>
<svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><title>Throughput over the run</title><desc>${describe(report, names)}</desc><path class="grid" d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/>${resizeMarks(report, window)}${series.map(({ name, values }) => markup`<path class="line ${name}" d="${line(values, top)}"/>`)}</svg></div>
<p class="axis inset" aria-hidden="true"><span>${seconds(0)}</span><span>${seconds(0.25)}</span><span>${seconds(0.5)}</span><span>${seconds(0.75)}</span><span>${seconds(1)}</span></p></section>`;
}

function line(values: (number | null)[], top: number): string {
  let path = '';
  let open = false;
  for (const [at, value] of values.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    const x = Math.round(((at + 0.5) / values.length) * WIDTH);
    path += `${open ? 'L' : 'M'}${String(x)} ${String(Math.round(HEIGHT * (1 - value / top) * 10) / 10)}`;
    open = true;
  }
  return path;
}

function resizeMarks({ resizes }: LiveReport, { fromMs, toMs }: Window): Markup[] {
  const inside = resizes.filter(({ atMs }) => atMs > fromMs && atMs < toMs);
  return inside.map(
    ({ atMs, executor }) =>
      markup`<path class="resize ${contenderOf(executor)}" d="M${Math.round(((atMs - fromMs) / (toMs - fromMs)) * WIDTH)} 0V${HEIGHT}"/>`,
  );
}

function describe(report: LiveReport, names: ExecutorKey[]): string {
  const means = names.map((name) => {
    const own = report.executors.find(({ executor }) => executor === name);
    return `${executorTitle(name)}${own ? ` ${rate(own.throughputPerSecond)} over the whole run` : ''}`;
  });
  return `${means.join(', ')}.`;
}
