import { contenderTitle, type CompareReport } from '../../../../contract';
import { compareReportSchema } from '../../../../contract/schemas';
import { latencyCard } from '../../../report/html/latency';
import type { ReportReads } from '../../../report/reads';
import { coreUseCard } from './core-use-card';
import { impossibleInCompare } from './impossible';
import { roundsCard } from './rounds-card';
import { contenderRows, roundRows } from './rows';
import { compareSummary } from './summary';
import { compareEventTables, compareKeys, compareSetupTables, contenderTable, pairTable, timeTable } from './tables';
import { timePartsCard } from './time-parts-card';
import { upgradeCompare } from './upgrade';

/** How the report of a comparison reads. */
export const compareReads: ReportReads<CompareReport> = {
  schema: compareReportSchema,
  subject: ({ workload }) => workload,
  view: (report) => ({
    who: report.contenders.map(({ contender }) => contenderTitle(contender)).join(', ') || 'nobody',
    keys: compareKeys(report),
    main: [contenderTable(report), pairTable(report), timeTable(report)],
    setup: compareSetupTables(report),
    lists: compareEventTables(report),
  }),
  pictures: (report) => [
    roundsCard(report),
    coreUseCard(report),
    timePartsCard(report),
    latencyCard(
      report.contenders.map((own) => ({ ...own, executor: own.contender, title: contenderTitle(own.contender) })),
    ),
  ],
  finest: roundRows,
  summed: contenderRows,
  summary: compareSummary,
  line: ({ contenders }) => ({
    // Of two contenders on one executor, the one that is no baseline.
    workers: Object.fromEntries(
      contenders.map(({ executor, workers }) => [executor, { fewest: workers, most: workers }]),
    ),
    throughputPerSecond: null,
  }),
  impossible: impossibleInCompare,
  upgrade: upgradeCompare,
};
