import {
  mostSpeedUp,
  type Estimate,
  type LawFit,
  type Proof,
  type ResolvedScaleSettings,
  type ScaleCeiling,
  type ScaleCurve,
  type ScaleEnd,
  type ScalePoint,
  type ScaleReport,
  type WorkloadInfo,
} from '../../../contract';
import { believable } from '../../report/possible';
import { medianInterval, pairedRatioInterval, ratioOfMedians, type Interval } from '../../statistics/bootstrap';
import { fitScaling } from '../../statistics/scaling-fit';
import { PARAMETERS, type ScalingLaw } from '../../statistics/scaling-law';
import { median } from '../../statistics/summary';
import type { ReportHead } from '../shared/report-head';
import { impossibleInScale } from './report/impossible';
import { scaleFinding } from './finding';
import { crowded, recommendation, type CurveContext } from './recommendation';
import { measuredPoints, medianOf, throughputs, type Point, type Round, type Track } from './track';

export interface ScaleParts {
  workload: WorkloadInfo;
  settings: ResolvedScaleSettings;
  curves: ScaleCurve[];
  ceiling: ScaleCeiling;
  rounds: number;
  end: ScaleEnd;
  proof: Proof;
  head: ReportHead;
}

/** Makes the report of a scaling experiment, its finding and its laws left open: they take a while. */
export function buildScaleReport(parts: ScaleParts): ScaleReport {
  return {
    ...parts.head,
    kind: 'scale',
    finding: '',
    workload: parts.workload,
    settings: parts.settings,
    ended: parts.end,
    roundCount: parts.rounds,
    ceiling: parts.ceiling,
    curves: parts.curves,
    ...parts.proof,
  };
}

/** The figures of one executor. */
export function curveOf(track: Track, context: CurveContext): ScaleCurve {
  const points = measuredPoints(track);
  const one = points.find(({ workers }) => workers === 1);
  const curve: ScaleCurve = {
    executor: track.name,
    threadHost: track.executor.threadHost ?? null,
    failure: track.failure,
    points: points.map((point) => pointOf(point, one, context)),
    fits: [],
    crowded: false,
    recommendation: null,
    counts: track.counts,
    lock: track.lock,
  };
  return crowded(curve, context.ceiling)
    ? { ...curve, crowded: true }
    : { ...curve, recommendation: recommendation(curve, context) };
}

/** The report with each law held against the points of each curve. One at a time, so that nothing else in this process is kept waiting. */
export async function fitReport(report: ScaleReport): Promise<ScaleReport> {
  const curves: ScaleCurve[] = [];
  for (const curve of report.curves) {
    const fits: LawFit[] = [];
    for (const law of ['amdahl', 'usl'] as const) {
      await new Promise((resolve) => setImmediate(resolve));
      const fit = lawFit(law, curve, report.settings.seed);
      if (fit) fits.push(fit);
    }
    curves.push({ ...curve, fits });
  }
  const whole = { ...report, curves };
  const fitted = believable(whole, impossibleInScale(whole));
  return { ...fitted, finding: scaleFinding(fitted) };
}

/** A law held against a curve's points; null if there are fewer counts than it has parameters, or a round finished no task. */
function lawFit(law: ScalingLaw, { points }: ScaleCurve, seed: number): LawFit | null {
  if (points.length < PARAMETERS[law]) return null;
  if (points.some(({ rounds }) => rounds.throughput.some((perSecond) => perSecond <= 0))) return null;
  const { parameters, intervals, ...fit } = fitScaling(
    law,
    points.map(({ workers, rounds }) => ({ workers, throughputs: rounds.throughput })),
    { seed },
  );
  const { contention, coherency, single } = parameters;
  return {
    law,
    contention: estimate(contention, intervals.contention),
    coherency: estimate(coherency, intervals.coherency),
    single: estimate(single, intervals.single),
    ...pick(fit),
  };
}

const pick = ({
  resampled,
  peak,
  residuals,
  rSquared,
  fits,
  because,
}: Omit<ReturnType<typeof fitScaling>, 'parameters' | 'intervals'>): Pick<
  LawFit,
  'resampled' | 'peak' | 'residuals' | 'rSquared' | 'fits' | 'because'
> => ({
  resampled,
  peak,
  residuals,
  rSquared,
  fits,
  because,
});

const estimate = (value: number, { low, high }: Interval): Estimate => ({ value, low, high });

function pointOf(point: Point, one: Point | undefined, { ceiling, seed }: CurveContext): ScalePoint {
  const { workers, rounds, running } = point;
  const values = throughputs(point);
  const speedUp = one ? ratio(values, throughputs(one), seed) : null;
  const column = <K extends keyof Round>(key: K): Round[K][] => rounds.map((one) => one[key]);
  return {
    workers,
    throughput: estimate(median(values), medianInterval(values, { seed })),
    speedUp,
    efficiency: speedUp === null || ceiling.cpus === null ? null : speedUp.value / mostSpeedUp(workers, ceiling.cpus),
    coresBusy: medianOf(column('coresBusy')),
    coresOffThread: medianOf(column('coresOffThread')),
    coresWaitedFor: medianOf(column('coresWaitedFor')),
    coresThrottled: medianOf(column('coresThrottled')),
    running: running.summary(),
    rounds: {
      round: column('round'),
      place: column('place'),
      throughput: values,
      windowMs: column('windowMs'),
      tasks: column('tasks'),
      coresBusy: column('coresBusy'),
      coresOffThread: column('coresOffThread'),
      coresWaitedFor: column('coresWaitedFor'),
      deaths: column('deaths'),
    },
  };
}

/** By the rounds that both have, which are the first ones. */
function ratio(values: readonly number[], against: readonly number[], seed: number): Estimate | null {
  const shared = Math.min(values.length, against.length);
  const [own, others] = [values.slice(0, shared), against.slice(0, shared)];
  if (shared === 0 || !others.every((value) => value > 0)) return null;
  return estimate(ratioOfMedians(own, others), pairedRatioInterval(own, others, { seed }));
}
