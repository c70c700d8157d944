import type { Planner } from '../kind';
import { withSubject } from '../shared/subject';
import { startComparison } from './compare-run';
import { resolveCompareSettings } from './settings';

/** Starts a comparison. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export const planCompare: Planner<'compare'> = async (settings, kit) => {
  const subject = await kit.subject(settings);
  return withSubject(subject, () => {
    const { workload, executors, chosen, python, inputs, close } = subject;
    const resolved = resolveCompareSettings(
      { ...settings, ...chosen },
      { workload, available: executors.map(({ name }) => name), limits: kit.machine.limits },
    );
    return startComparison({
      ...kit,
      id: kit.reportId(workload.info.name),
      workload,
      settings: { ...resolved, ...(python === undefined ? {} : { python }) },
      // Python's threads, with one of them, are the baseline of their language.
      executors: executors.filter(
        ({ name }) =>
          resolved.executors.includes(name) ||
          (name === 'python-threads' && resolved.executors.some((other) => other.startsWith('python'))),
      ),
      inputs,
      close,
    });
  });
};
