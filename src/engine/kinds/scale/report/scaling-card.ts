import {
  contenderOf,
  executorTitle,
  factor,
  mostSpeedUp,
  number,
  type LawFit,
  type ScaleCurve,
  type ScaleReport,
} from '../../../../contract';
import { legend } from '../../../report/html/legend';
import { markup, type Markup } from '../../../report/html/markup';
import { niceCeiling } from '../../../report/html/series';

const WIDTH = 1000;
const HEIGHT = 320;
/** Points of a drawn law. */
const STEPS = 60;
const MOST_TICKS = 8;

interface Drawn {
  curve: ScaleCurve;
  /** Tasks a second of one worker, as measured: what 1 × is. */
  one: number;
  law: LawFit | null;
}

/** Speed-up over worker counts: points with their intervals, the laws, and the ceiling; null where there is no point. */
export function scalingCard({ curves, ceiling, settings }: ScaleReport): Markup | null {
  const drawn = curves.flatMap((curve): Drawn[] => {
    const one = curve.points.find(({ workers }) => workers === 1)?.throughput.value;
    return one === undefined || !(one > 0) ? [] : [{ curve, one, law: lawOf(curve) }];
  });
  if (drawn.length === 0) return null;
  const most = settings.workers.at(-1) ?? 1;
  const step = Math.ceil(most / MOST_TICKS);
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
  const right = ticks.at(-1) ?? most;
  const highest = Math.max(
    ...drawn.flatMap(({ curve }) => curve.points.map(({ speedUp }) => speedUp?.high ?? 0)),
    mostSpeedUp(most, ceiling.cpus ?? 1),
  );
  const top = niceCeiling(highest * 1.04);
  const place = {
    x: (workers: number) => round((workers / right) * WIDTH),
    y: (speedUp: number) => round(HEIGHT * (1 - Math.min(top, speedUp) / top)),
  };
  const names = drawn.map(({ curve }) => curve.executor);
  const lines = drawn.some(({ law }) => law?.fits === false) ? 'dotted if it does not fit' : 'all of them fit';
  const note = `Speed-up compared with one worker of the same executor. Dots: measured, with their 95 % interval. Lines: a law of scaling, ${drawn.some(({ law }) => law) ? lines : 'not drawn: there are too few points'}. ${ceiling.cpus === null ? 'The cores set no ceiling.' : 'Dashed: the ceiling.'}`;
  return markup`<section class="card"><header><h2>Speed-up by workers</h2><p class="dim">${note}</p>${legend(names)}</header>
<div class="plot tall"><p class="scale" aria-hidden="true"><span>${factor(top)}</span><span>${factor(top / 2)}</span><span>0</span></p>
<svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"><title>Speed-up by number of workers</title><desc>${drawn.map(describe).join(' ')} The tables below have the same figures.</desc><path class="grid" d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/>${ceiling.cpus === null ? null : markup`<path class="ceiling" d="M0 ${HEIGHT}L${place.x(mostSpeedUp(right, ceiling.cpus))} ${place.y(mostSpeedUp(right, ceiling.cpus))}H${WIDTH}"/>`}${drawn.map((one) => lawPath(one, place, most))}${drawn.map((one) => marks(one, place))}</svg></div>
<p class="axis inset placed" aria-hidden="true">${ticks.map((tick) => markup`<span style="left:${round((tick / right) * 100)}%">${tick === right ? `${number(tick)} workers` : number(tick)}</span>`)}</p>
<p class="dim">${ceiling.explanation}</p></section>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

interface Place {
  x(workers: number): number;
  y(speedUp: number): number;
}

/** The law that fits, the universal one before Amdahl's; where none does, the universal one. */
function lawOf({ fits }: ScaleCurve): LawFit | null {
  const [usl, amdahl] = [fits.find(({ law }) => law === 'usl'), fits.find(({ law }) => law === 'amdahl')];
  return (usl?.fits ? usl : amdahl?.fits ? amdahl : (usl ?? amdahl)) ?? null;
}

function lawPath({ curve, one, law }: Drawn, { x, y }: Place, most: number): Markup | null {
  if (law === null || curve.points.length < 2) return null;
  const at = (workers: number): number =>
    (law.single.value * workers) /
    (1 + law.contention.value * (workers - 1) + law.coherency.value * workers * (workers - 1)) /
    one;
  const path = Array.from({ length: STEPS + 1 }, (_, i) => {
    const workers = 1 + ((most - 1) * i) / STEPS;
    return `${i === 0 ? 'M' : 'L'}${String(x(workers))} ${String(y(at(workers)))}`;
  }).join('');
  return markup`<path class="line law ${law.fits ? '' : 'misfit'} ${contenderOf(curve.executor)}" d="${path}"/>`;
}

/** A line of no length with round ends is a dot, however the picture is stretched. */
function marks({ curve }: Drawn, { x, y }: Place): Markup {
  const measured = curve.points.flatMap(({ workers, speedUp }) => (speedUp ? [{ workers, speedUp }] : []));
  const whiskers = measured
    .map(({ workers, speedUp }) => `M${String(x(workers))} ${String(y(speedUp.low))}V${String(y(speedUp.high))}`)
    .join('');
  const dots = measured
    .map(({ workers, speedUp }) => `M${String(x(workers))} ${String(y(speedUp.value))}h0.01`)
    .join('');
  return markup`<path class="whisker ${contenderOf(curve.executor)}" d="${whiskers}"/><path class="point ${contenderOf(curve.executor)}" d="${dots}"/>`;
}

function describe({ curve }: Drawn): string {
  const measured = curve.points.flatMap(({ workers, speedUp }) =>
    speedUp ? [`${number(workers)}: ${factor(speedUp.value)}`] : [],
  );
  return `${executorTitle(curve.executor)}, by workers: ${measured.join(', ')}.`;
}
