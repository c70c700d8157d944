import { executorTitle, type LiveReport } from '../../../../contract';
import { liveReportSchema } from '../../../../contract/schemas';
import { latencyCard } from '../../../report/html/latency';
import type { ReportReads } from '../../../report/reads';
import { workerRanges, workersThroughout } from '../../../report/words';
import { coresCard } from './cores-card';
import { impossibleInLive } from './impossible';
import { sampleRows, taskRows } from './rows';
import { liveSummary } from './summary';
import { coreTable, eventTables, executorTable, keyNumbers, setupTables, workerTable } from './tables';
import { throughputCard } from './throughput-card';
import { timelineCard } from './timeline-card';
import { liveTrace, sayLeftOut } from './trace';
import { upgradeLive } from './upgrade';

/** How the report of a live run reads. */
export const liveReads: ReportReads<LiveReport> = {
  schema: liveReportSchema,
  subject: ({ workload }) => workload,
  view: (report) => ({
    who: workersThroughout(report),
    keys: keyNumbers(report),
    main: [executorTable(report)],
    setup: setupTables(report),
    lists: [coreTable(report), workerTable(report), ...eventTables(report)],
  }),
  pictures: (report) => [
    coresCard(report),
    timelineCard(report),
    throughputCard(report),
    latencyCard(report.executors.map((own) => ({ ...own, title: executorTitle(own.executor) }))),
  ],
  finest: taskRows,
  summed: sampleRows,
  trace(report) {
    const { events, leftOut } = liveTrace(report);
    const about = { workload: report.workload.title, size: report.settings.size };
    return { about, events, leftOut, leftOutInWords: sayLeftOut(leftOut) };
  },
  summary: liveSummary,
  line: (report) => ({ workers: workerRanges(report), throughputPerSecond: report.totals.throughputPerSecond }),
  impossible: impossibleInLive,
  upgrade: upgradeLive,
};
