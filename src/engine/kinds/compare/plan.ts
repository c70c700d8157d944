import type { Planner } from '../kind';
import { withSubject } from '../shared/subject';
import { isExecutorKey, languageFacts, languageOf, type ExecutorKey } from '../../../contract';
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
      executors: executors.filter(({ name }) => neededBy(resolved.executors).has(name)),
      inputs,
      close,
    });
  });
};

/** Those that take part, and those that start the baselines of their languages. */
function neededBy(taking: readonly ExecutorKey[]): Set<ExecutorKey> {
  const starters = taking
    .map((name) => languageFacts(languageOf(name)))
    .flatMap(({ baseline, startedBy }) => (isExecutorKey(baseline) ? [] : [startedBy]));
  return new Set([...taking, ...starters]);
}
