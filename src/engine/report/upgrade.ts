import { isFields, type Fields } from './fields';
import type { ReadsByKind } from './reads';

/** What each version changed in reports of any kind, by the version it changed. What is a kind's own is told by its `reads`. */
const STEPS: Readonly<Record<number, (report: Fields) => Fields>> = {
  1: (report) => report,
  2: (report) => withComparison(withOutcomes(report)),
};

/** A report of an earlier version as one of this version, not checked; anything else as it is. */
export function upgraded(value: Fields, kinds: ReadsByKind): Fields {
  const { schemaVersion: version, kind } = value;
  const step = typeof version === 'number' ? STEPS[version] : undefined;
  if (step === undefined || typeof version !== 'number') return value;
  const reads = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const report = step(value);
  return upgraded({ ...(reads?.upgrade?.(report, version) ?? report), schemaVersion: version + 1 }, kinds);
}

/** From 2 to 3: systeminformation was not held against the samples of the same seconds. */
function withComparison(report: Fields): Fields {
  const { samples } = report;
  if (!isFields(samples) || !isFields(samples['crossCheck'])) return report;
  return { ...report, samples: { ...samples, crossCheck: { ...samples['crossCheck'], cores: null } } };
}

/** From 2 to 3: runs with failed tasks and reports of killed processes have outcomes of their own. */
function withOutcomes(report: Fields): Fields {
  const { outcome, failure, totals } = report;
  if (outcome === 'failed' && isFields(failure) && failure['code'] === 'interrupted')
    return { ...report, outcome: 'interrupted' };
  const failed = isFields(totals) && isFields(totals['counts']) ? totals['counts']['failed'] : 0;
  return outcome === 'completed' && typeof failed === 'number' && failed > 0
    ? { ...report, outcome: 'tasks-failed' }
    : report;
}
