import { offThreadCores, type LiveReport } from '../../../../contract';
import { impossibleIn, type Busy, type Impossible } from '../../../report/possible';

/** Every value of a live run's report that cannot be. */
export function impossibleInLive(report: LiveReport): Impossible[] {
  return impossibleIn(report, busyOf(report), report.samples.cores.length);
}

function busyOf({ executors, settings, resizes, totals, elapsedMs }: LiveReport): Busy[] {
  const most = executors.map(({ executor }) =>
    Math.max(
      settings.workers[executor] ?? 0,
      ...resizes.flatMap(({ executor: one, from, to }) => (one === executor ? [from, to] : [])),
    ),
  );
  const spanMs = elapsedMs;
  const offThread = offThreadCores(totals);
  return [
    {
      path: ['totals', 'coresBusy'],
      workers: most.reduce((sum, workers) => sum + workers, 0),
      offThread,
      spanMs,
      coresBusy: totals.coresBusy,
    },
    ...executors.map(({ coresBusy, ...used }, at): Busy => ({
      path: ['executors', at, 'coresBusy'],
      workers: most[at] ?? 0,
      offThread: offThreadCores({ ...used, coresBusy }),
      spanMs,
      coresBusy,
    })),
  ];
}
