import { each, isFields, type Fields } from '../../../report/fields';

/** From 2 to 3: where workers' time went, CPU time off the tasks' threads and where threads were is told. */
export function upgradeLive(report: Fields, from: number): Fields {
  if (from !== 2) return report;
  const { totals } = report;
  return {
    ...report,
    totals: isFields(totals) ? { ...totals, offThreadCpuMs: null } : totals,
    executors: each(report['executors'], (executor) => ({
      shares: null,
      threadHost: null,
      ...executor,
      offThreadCpuMs: null,
    })),
  };
}
