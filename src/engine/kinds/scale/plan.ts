import type { Planner } from '../kind';
import { withSubject } from '../shared/subject';
import { startScaling } from './scale-run';
import { resolveScaleSettings } from './settings';

/** Starts a scaling experiment. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export const planScale: Planner<'scale'> = async (settings, kit) => {
  const subject = await kit.subject(settings);
  return withSubject(subject, () => {
    const { workload, executors, chosen, python, inputs, close } = subject;
    const resolved = resolveScaleSettings(
      { ...settings, ...chosen },
      { workload, available: executors.map(({ name }) => name), machine: kit.machine },
    );
    return startScaling({
      ...kit,
      id: kit.reportId(workload.info.name),
      workload,
      settings: { ...resolved, ...(python === undefined ? {} : { python }) },
      executors: executors.filter(({ name }) => resolved.executors.includes(name)),
      inputs,
      close,
    });
  });
};
