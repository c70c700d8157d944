import type { Report } from '../../../contract';
import { CONTENDER_TITLES, EXECUTOR_TITLES } from '../words';
import { coresCard } from './cores';
import { labPictures } from './labs';
import { latencyCard } from './latency';
import type { Markup } from './markup';
import { coreUseCard } from './core-use';
import { roundsCard } from './rounds';
import { scalingCard } from './scaling';
import { throughputCard } from './throughput';
import { timelineCard } from './timeline';
import { timePartsCard } from './time-parts';

/** The pictures of a report of any kind. */
export function pictures(report: Report): (Markup | null)[] {
  switch (report.kind) {
    case 'scale':
      return [scalingCard(report)];
    case 'live':
      return [
        coresCard(report),
        timelineCard(report),
        throughputCard(report),
        latencyCard(report.executors.map((own) => ({ ...own, title: EXECUTOR_TITLES[own.executor] }))),
      ];
    case 'compare':
      return [
        roundsCard(report),
        coreUseCard(report),
        timePartsCard(report),
        latencyCard(
          report.contenders.map((own) => ({ ...own, executor: own.contender, title: CONTENDER_TITLES[own.contender] })),
        ),
      ];
    case 'lab':
      return labPictures(report);
    case 'scorecard':
      // Its table is its picture.
      return [];
  }
}
