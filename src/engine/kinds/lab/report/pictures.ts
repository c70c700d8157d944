import {
  binarySize,
  bytes,
  duration,
  durationOfUs,
  executorOf,
  executorTitle,
  IPC_WAY_TITLES,
  IPC_WAYS,
  percent,
  RACE_METHOD_TITLES,
  type IpcReport,
  type LabReport,
} from '../../../../contract';
import { intervalCard } from '../../../report/html/intervals';
import { markup, type Markup } from '../../../report/html/markup';

/** The pictures of a lab. */
export function labPictures(report: LabReport): (Markup | null)[] {
  switch (report.lab) {
    case 'ipc':
      return [ladderCard(report)];
    case 'race':
      return [
        intervalCard({
          title: 'Lost updates',
          note: 'As a share of all increments, if any was lost.',
          rows: report.rows.map(({ executor, method, lostShare, losing }) => ({
            executor,
            title: `${executorTitle(executor)}, ${RACE_METHOD_TITLES[method]}`,
            measured: losing > 0 ? lostShare : null,
          })),
          unit: percent,
        }),
      ];
    case 'memory':
      return (['eachResidentBytes', 'eachProportionalBytes', 'eachPrivateBytes'] as const).map((which) =>
        intervalCard({
          title: MEMORY_TITLES[which],
          note: 'Memory per additional worker.',
          rows: report.rows.map((row) => ({
            executor: row.executor,
            title: executorTitle(row.executor),
            measured: row[which],
          })),
          unit: bytes,
        }),
      );
    case 'startup':
      return (['warm', 'cold'] as const).map((start) =>
        intervalCard({
          title: start === 'warm' ? 'One more worker' : 'The first worker',
          note: 'From requesting it to its first result.',
          rows: report.rows
            .filter((row) => row.start === start)
            .map(({ executor, totalMs }) => ({ executor, title: executorTitle(executor), measured: totalMs })),
          unit: duration,
        }),
      );
  }
}

const MEMORY_TITLES = {
  eachResidentBytes: 'Resident memory',
  eachProportionalBytes: 'Proportional memory',
  eachPrivateBytes: 'Private memory',
};

const WIDTH = 1000;
const HEIGHT = 320;
/** Ways of one executor have its colour, and a dash of their own. */
const DASHES = ['', '9 5', '2 5'];

/** Round trips by size, both scales logarithmic: a step up is ten times as long. */
function ladderCard({ points, sizes }: IpcReport): Markup | null {
  const known = points.flatMap((point) =>
    point.roundTripUs === null ? [] : [{ ...point, us: point.roundTripUs.value }],
  );
  if (known.length === 0) return null;
  const [low, high] = [
    Math.floor(Math.log10(Math.min(...known.map(({ us }) => us)))),
    Math.ceil(Math.log10(Math.max(...known.map(({ us }) => us)))),
  ];
  const decades = Array.from({ length: Math.max(1, high - low) + 1 }, (_, at) => low + at);
  const first = Math.log10(sizes[0] ?? 1);
  const span = Math.log10(sizes.at(-1) ?? 10) - first || 1;
  const x = (size: number): number => Math.round(((Math.log10(size) - first) / span) * WIDTH);
  const y = (us: number): number => Math.round(HEIGHT * (1 - (Math.log10(us) - low) / (decades.length - 1)) * 10) / 10;
  const ways = IPC_WAYS.flatMap((way) => {
    const own = known.filter((point) => point.way === way);
    return own[0] === undefined ? [] : [{ way, executor: own[0].executor, own }];
  });
  const dash = (at: number): string =>
    DASHES[ways.slice(0, at).filter(({ executor }) => executor === ways[at]?.executor).length % DASHES.length] ?? '';
  const sample = (at: number): Markup =>
    markup`<svg class="key" aria-hidden="true" viewBox="0 0 26 8" width="26" height="8"><path class="line" stroke-dasharray="${dash(at)}" d="M0 4H26"/></svg>`;
  const said = ways
    .map(
      ({ way, own }) =>
        `${IPC_WAY_TITLES[way]} ${own.map(({ bytes: size, us }) => `${binarySize(size)} ${durationOfUs(us)}`).join(', ')}`,
    )
    .join('; ');
  return markup`<section class="card"><header><h2>Round trip by size</h2><p class="dim">Both scales are logarithmic: each line across is ten times the one below it.</p><ul class="legend">${ways.map(({ way, executor }, at) => markup`<li class="${executorOf(executor)}">${sample(at)}${IPC_WAY_TITLES[way]}</li>`)}</ul></header>
<div class="plot tall"><p class="scale" aria-hidden="true">${decades.toReversed().map((decade) => markup`<span>${durationOfUs(10 ** decade)}</span>`)}</p>
<svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><title>Round trips by size</title><desc>${said}.</desc><path class="grid" d="${decades.map((decade) => `M0 ${String(y(10 ** decade))}H${String(WIDTH)}`).join('')}"/>${ways.map(({ executor, own }, at) => markup`<g class="${executorOf(executor)}"><path class="line" stroke-dasharray="${dash(at)}" d="${own.map(({ bytes: size, us }, index) => `${index === 0 ? 'M' : 'L'}${String(x(size))} ${String(y(us))}`).join('')}"/></g>`)}</svg></div>
<p class="axis inset" aria-hidden="true">${sizes.map((size) => markup`<span>${binarySize(size)}</span>`)}</p></section>`;
}
