import {
  executorTitle,
  factor,
  mostSpeedUp,
  number,
  rate,
  withoutZeros,
  type LawFit,
  type ScaleCeiling,
  type ScaleCurve,
  type ScaleReport,
  type ScaleState,
  type Unit,
} from '../../../contract';
import { countTicks, linearTicks, type PlotAxis, type PlotSeries } from './plot-scale';
import { executorColour, executorLabel, executorShape } from '../theme/executors';

export type ScaleMeasure = 'speed-up' | 'throughput';

/** Points of a drawn law. */
const STEPS = 80;

/** What a law says for a number of workers, tasks a second; the formula is that of `LawFit`. */
export function lawAt({ single, contention, coherency }: LawFit, workers: number): number {
  return (single.value * workers) / (1 + contention.value * (workers - 1) + coherency.value * workers * (workers - 1));
}

/** The law that is drawn: one that fits, the universal one first; where none does, the universal one. */
export function drawnLaw({ fits }: Pick<ScaleCurve, 'fits'>): LawFit | null {
  const [usl, amdahl] = [fits.find(({ law }) => law === 'usl'), fits.find(({ law }) => law === 'amdahl')];
  return (usl?.fits ? usl : amdahl?.fits ? amdahl : (usl ?? amdahl)) ?? null;
}

const oneOf = (points: readonly { workers: number; throughput: number | { value: number } }[]): number | null => {
  const one = points.find(({ workers }) => workers === 1)?.throughput;
  return one === undefined ? null : typeof one === 'number' ? one : one.value;
};

function curveOf(curve: ScaleCurve, measure: ScaleMeasure): Pick<PlotSeries, 'curve' | 'misfit'> {
  const law = drawnLaw(curve);
  const one = measure === 'speed-up' ? oneOf(curve.points) : 1;
  const last = curve.points.at(-1)?.workers ?? 1;
  if (!law || one === null || curve.points.length < 2) return {};
  const at = Array.from({ length: STEPS + 1 }, (_, step) => 1 + ((last - 1) * step) / STEPS);
  return { curve: at.map((workers) => ({ x: workers, y: lawAt(law, workers) / one })), misfit: !law.fits };
}

/** The points of a report, with the law that is held against them. */
export function seriesOfReport({ curves }: ScaleReport, measure: ScaleMeasure): PlotSeries[] {
  return curves
    .filter(({ points }) => points.length > 0)
    .map((curve) => ({
      key: curve.executor,
      name: executorTitle(curve.executor),
      colour: executorColour(curve.executor),
      shape: executorShape(curve.executor),
      points: curve.points.flatMap(({ workers, throughput, speedUp }) => {
        const of = measure === 'speed-up' ? speedUp : throughput;
        return of ? [{ x: workers, y: of.value, low: of.low, high: of.high }] : [];
      }),
      ...curveOf(curve, measure),
    }));
}

/** The medians so far; speed-up is of the medians, until the report says it with its interval. */
export function seriesOfState({ curves }: ScaleState, measure: ScaleMeasure): PlotSeries[] {
  return curves.map(({ executor, points }) => {
    const one = measure === 'speed-up' ? oneOf(points) : 1;
    return {
      key: executor,
      name: executorTitle(executor),
      colour: executorColour(executor),
      shape: executorShape(executor),
      points: one === null ? [] : points.map(({ workers, throughput }) => ({ x: workers, y: throughput / one })),
      joined: true,
    };
  });
}

/** What the cores can give at most; of throughput only where one executor has a scale for it. */
export function ceilingGuide(
  { cpus }: ScaleCeiling,
  most: number,
  unit = 1,
): { name: string; points: { x: number; y: number }[] } {
  if (cpus === null)
    return {
      name: 'ideal: linear speed-up',
      points: [
        { x: 1, y: unit },
        { x: most, y: most * unit },
      ],
    };
  const knee = mostSpeedUp(most, cpus);
  return {
    name: 'ceiling of the cores',
    points: [{ x: 1, y: unit }, ...(knee > 1 ? [{ x: knee, y: knee * unit }] : []), { x: most, y: knee * unit }],
  };
}

export function axesOf(
  series: readonly PlotSeries[],
  workers: readonly number[],
  options: { measure: ScaleMeasure; atLeast: number },
): { x: PlotAxis; y: PlotAxis } {
  const most = Math.max(2, ...workers);
  const top = Math.max(options.atLeast, ...series.flatMap(({ points }) => points.map(({ y, high }) => high ?? y)));
  const ticks = linearTicks(top);
  const unit = options.measure === 'speed-up' ? factor : number;
  return {
    x: {
      title: 'workers',
      kind: 'linear',
      min: 0,
      max: most + 0.35,
      ticks: countTicks(most).map((at) => ({ at, label: String(at) })),
    },
    y: {
      title: options.measure === 'speed-up' ? 'times one worker' : 'tasks per second',
      kind: 'linear',
      min: 0,
      max: ticks.at(-1) ?? top,
      ticks: ticks.map((at) => ({ at, label: at === 0 ? '0' : withoutZeros(at, unit) })),
    },
  };
}

export const unitOfMeasure = (measure: ScaleMeasure): Unit => (measure === 'speed-up' ? factor : rate);

export const shortName = (executor: ScaleCurve['executor']): string => executorLabel(executor);
