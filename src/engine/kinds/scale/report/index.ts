import { executorTitle, type ScaleReport } from '../../../../contract';
import { scaleReportSchema } from '../../../../contract/schemas';
import type { ReportReads } from '../../../report/reads';
import { impossibleInScale } from './impossible';
import { pointRows, scaleRoundRows } from './rows';
import { scalingCard } from './scaling-card';
import { scaleSummary } from './summary';
import { lawTable, pointTables, scaleEventTables, scaleKeys, scaleSetupTables } from './tables';
import { upgradeScale } from './upgrade';

/** How the report of a scaling experiment reads. */
export const scaleReads: ReportReads<ScaleReport> = {
  schema: scaleReportSchema,
  subject: ({ workload }) => workload,
  view(report) {
    const most = report.settings.workers.at(-1) ?? 1;
    return {
      who: `1 to ${String(most)} ${report.settings.executors.map((name) => executorTitle(name)).join(', ')}`,
      keys: scaleKeys(report),
      main: [...pointTables(report), lawTable(report)],
      setup: scaleSetupTables(report),
      lists: scaleEventTables(report),
    };
  },
  pictures: (report) => [scalingCard(report)],
  finest: scaleRoundRows,
  summed: pointRows,
  summary: scaleSummary,
  line({ settings: { executors, workers } }) {
    const range = { fewest: workers[0] ?? 1, most: workers.at(-1) ?? 1 };
    return { workers: Object.fromEntries(executors.map((name) => [name, range])), throughputPerSecond: null };
  },
  impossible: impossibleInScale,
  upgrade: upgradeScale,
};
