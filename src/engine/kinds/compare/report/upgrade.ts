import { each, withEmptyColumn, type Fields } from '../../../report/fields';

/** From 2 to 3: CPU time off the tasks' threads and where threads were is told. */
export function upgradeCompare(report: Fields, from: number): Fields {
  if (from !== 2) return report;
  return {
    ...report,
    contenders: each(report['contenders'], (contender) => ({
      threadHost: null,
      ...contender,
      offThreadCpuMs: null,
      rounds: withEmptyColumn(contender['rounds'], 'offThreadCpuMs'),
    })),
  };
}
