import { findWorkload } from '../../workload/registry';
import type { Planner } from '../experiment';
import { startComparison } from './compare-run';
import { resolveCompareSettings } from './settings';

/** Starts a comparison. Errors: `bad-input`, `unknown-workload`, `not-available`. */
export const planCompare: Planner<'compare'> = async (settings, kit) => {
  const workload = findWorkload(settings.workload);
  const python = await kit.python(settings.executors, settings.python);
  const executors = [...kit.executors, ...(python?.executors ?? [])];
  const choice = { workload, available: executors.map(({ name }) => name), limits: kit.machine.limits };
  const resolved = { ...resolveCompareSettings(settings, choice), ...(python === null ? {} : { python: python.used }) };
  return startComparison({
    ...kit,
    id: kit.reportId(workload.info.name),
    workload,
    settings: resolved,
    // Python's threads, with one of them, are the baseline of their language.
    executors: executors.filter(({ name }) => resolved.executors.includes(name) || (name === 'python-threads' && resolved.executors.some((other) => other.startsWith('python')))),
  });
};
