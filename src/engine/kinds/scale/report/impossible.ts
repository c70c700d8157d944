import type { ScaleReport } from '../../../../contract';
import { impossibleIn, type Busy, type Impossible } from '../../../report/possible';

/** Every value of a scaling experiment's report that cannot be. */
export function impossibleInScale(report: ScaleReport): Impossible[] {
  return impossibleIn(report, busyOf(report));
}

function busyOf(report: ScaleReport): Busy[] {
  return report.curves.flatMap(({ points }, curve) =>
    points.flatMap(({ workers, rounds, coresBusy, coresOffThread }, at) => {
      const path = ['curves', curve, 'points', at];
      const spans = rounds.windowMs;
      return [
        { path: [...path, 'coresBusy'], workers, offThread: coresOffThread ?? 0, spanMs: spans[0] ?? 0, coresBusy },
        ...rounds.coresBusy.map((busy, round): Busy => ({
          path: [...path, 'rounds', 'coresBusy', round],
          workers,
          offThread: rounds.coresOffThread[round] ?? 0,
          spanMs: spans[round] ?? 0,
          coresBusy: busy,
        })),
      ];
    }),
  );
}
