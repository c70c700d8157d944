import type { Report } from '../../../contract';
import { contenderTitle, executorTitle } from '../words';
import { coresCard } from '../../kinds/live/report/cores-card';
import { labPictures } from '../../kinds/lab/report/pictures';
import { latencyCard } from './latency';
import type { Markup } from './markup';
import { coreUseCard } from '../../kinds/compare/report/core-use-card';
import { roundsCard } from '../../kinds/compare/report/rounds-card';
import { scalingCard } from '../../kinds/scale/report/scaling-card';
import { throughputCard } from '../../kinds/live/report/throughput-card';
import { timelineCard } from '../../kinds/live/report/timeline-card';
import { timePartsCard } from '../../kinds/compare/report/time-parts-card';

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
        latencyCard(report.executors.map((own) => ({ ...own, title: executorTitle(own.executor) }))),
      ];
    case 'compare':
      return [
        roundsCard(report),
        coreUseCard(report),
        timePartsCard(report),
        latencyCard(
          report.contenders.map((own) => ({ ...own, executor: own.contender, title: contenderTitle(own.contender) })),
        ),
      ];
    case 'lab':
      return labPictures(report);
    case 'scorecard':
      // Its table is its picture.
      return [];
  }
}
