import type { ScaleReport } from '../../../../contract';
import type { Figure } from '../../shared/figure';
import { waitedOf } from '../../shared/core-wait';
import { WAITED } from '../../shared/load';

/** The figures of a scaling experiment: throughputs of one worker and of the most, and the speed-up at the recommended count. */
export function scaleFigures({ curves }: ScaleReport): Figure[] {
  return curves.flatMap(({ executor, points, recommendation }): Figure[] => {
    const figure = (name: string, rest: Pick<Figure, 'unit' | 'better' | 'value' | 'raw' | 'load'>): Figure => ({
      of: executor,
      name,
      ...rest,
    });
    const throughput = (what: string, workers: number | undefined): Figure[] => {
      const point = points.find((one) => one.workers === workers);
      if (point === undefined) return [];
      const waited = waitedOf(point.coresWaitedFor, point.workers);
      const each = point.rounds.coresWaitedFor.map((cores) => waitedOf(cores, point.workers));
      return [
        figure(`Throughput of ${what}, median`, {
          unit: 'perSecond',
          better: 'higher',
          value: point.throughput.value,
          raw: point.rounds.throughput,
          load: { waited, each },
        }),
        figure(`${WAITED}, ${what}`, { unit: 'share', better: 'lower', value: waited }),
      ];
    };
    const last = points.at(-1);
    return [
      ...throughput('one worker', 1),
      ...throughput(`${String(last?.workers ?? 0)} workers`, last?.workers),
      figure('Speed-up at the recommended count', {
        unit: 'times',
        better: 'higher',
        value: points.find(({ workers }) => workers === recommendation?.workers)?.speedUp?.value ?? null,
      }),
    ];
  });
}
