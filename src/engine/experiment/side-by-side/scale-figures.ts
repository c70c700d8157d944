import type { ScaleReport } from '../../../contract';
import type { Figure } from './figure';

/** The figures of a scaling experiment: throughputs of one worker and of the most, and the speed-up at the recommended count. */
export function scaleFigures({ curves }: ScaleReport): Figure[] {
  return curves.flatMap(({ executor, points, recommendation }): Figure[] => {
    const figure = (name: string, rest: Pick<Figure, 'unit' | 'better' | 'value' | 'raw'>): Figure => ({ of: executor, name, ...rest });
    const throughput = (name: string, workers: number | undefined): Figure[] => {
      const point = points.find((one) => one.workers === workers);
      return point ? [figure(name, { unit: 'perSecond', better: 'higher', value: point.throughput.value, raw: point.rounds.throughput })] : [];
    };
    const last = points.at(-1);
    return [
      ...throughput('Throughput of one worker, median', 1),
      ...throughput(`Throughput of ${String(last?.workers ?? 0)} workers, median`, last?.workers),
      figure('Speed-up at the recommended count', { unit: 'times', better: 'higher', value: points.find(({ workers }) => workers === recommendation?.workers)?.speedUp?.value ?? null }),
    ];
  });
}
