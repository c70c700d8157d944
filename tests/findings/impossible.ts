import type { ContenderReport, ScaleCurve, ScalePoint } from '../../src/contract';

/** No more on cores and waiting for one than workers, nor more busy than there are cores. */
export function impossibleUse(
  { contender, workers, cpuMs, runQueueMs, makespanMs, cores: use }: ContenderReport,
  cores: number,
): string[] {
  const wholeMs = workers * (makespanMs?.value ?? 0) * 1.02;
  const busy = use?.busy.reduce((sum, one) => sum + one, 0) ?? 0;
  return [
    ...((cpuMs ?? 0) + (runQueueMs ?? 0) > wholeMs ? [`more time than the workers of ${contender} had`] : []),
    ...(busy > cores * 1.02 ? [`more than ${String(cores)} cores`] : []),
  ];
}

/** The same tasks take about the same CPU time on every executor; behind a lock, threads that wake each other take more. */
export function dearerThan(base: ContenderReport | undefined, one: ContenderReport): string[] {
  const used = ({ coresBusy, makespanMs }: ContenderReport): number => (coresBusy ?? 0) * (makespanMs?.value ?? 0);
  const ratio = base === undefined || used(base) === 0 ? 1 : used(one) / used(base);
  return ratio < 0.9 || ratio > (one.lock === 'shared' ? 1.3 : 1.1)
    ? [`${one.contender} uses ${ratio.toFixed(2)} × the CPU time`]
    : [];
}

/** No more cores busy and waiting than workers, nor busy than there are; and no task that takes less CPU time because more workers run. */
export function impossibleCurve({ points }: ScaleCurve, cores: number): string[] {
  const each = ({ coresBusy, throughput }: ScalePoint): number => (coresBusy ?? 0) / throughput.value;
  const [one] = points;
  return points.flatMap((point) => [
    ...((point.coresBusy ?? 0) + (point.coresWaitedFor ?? 0) > point.workers * 1.05
      ? [`more than ${String(point.workers)} workers`]
      : []),
    ...((point.coresBusy ?? 0) > cores * 1.05 ? [`more than ${String(cores)} cores`] : []),
    ...(one !== undefined && each(point) < each(one) * 0.98
      ? [`cheaper tasks with ${String(point.workers)} workers`]
      : []),
  ]);
}
