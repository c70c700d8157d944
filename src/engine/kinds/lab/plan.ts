import {
  errorInfo,
  executorsIn,
  isPython,
  usualOf,
  type LabName,
  type PythonChoice,
  type PythonUsed,
} from '../../../contract';
import { chooseSeed } from '../../settings';
import type { ExperimentKit, Planner } from '../kind';
import { ipcLab } from './ipc-lab';
import type { LabOptions, MakeLab } from './lab';
import { startLab } from './lab-run';
import { memoryLab } from './memory-lab';
import { raceLab } from './race-lab';
import { createSides } from './sides';
import { startupLab } from './startup-lab';

/** Every lab; a further one is one file and one line here. */
const MAKERS: Record<LabName, MakeLab> = { ipc: ipcLab, race: raceLab, memory: memoryLab, startup: startupLab };

/** Starts a lab. A Python that was named must be there; without one that lab does without. Errors: `not-available`, `bad-input`. */
export const planLab: Planner<'lab'> = async (settings, kit) => {
  const { used, lackOf } = await findPython(settings.python, kit);
  const resolved = {
    lab: settings.lab,
    quick: settings.quick ?? false,
    workers: Math.max(2, Math.floor(kit.machine.limits.effectiveCpus)),
    seed: settings.seed ?? chooseSeed(),
    python: used,
  };
  const sides = createSides({ entries: kit.entries, python: used });
  return startLab({
    ...kit,
    id: kit.reportId(`lab-${settings.lab}`),
    settings: resolved,
    lab: MAKERS[settings.lab]({ settings: resolved, sides, lackOf }),
    sides,
  });
};

type FoundPython = Pick<LabOptions, 'lackOf'> & { used: PythonUsed | null };

/** The Python that is wanted, or whichever there is; where there is none, why. Errors: `not-available`, `bad-input`, for one that is named. */
export async function findPython(
  choice: PythonChoice | undefined,
  kit: Pick<ExperimentKit, 'python'>,
): Promise<FoundPython> {
  try {
    const found = await kit.python(usualOf(executorsIn('python')), choice);
    return found === null
      ? none('Python is not available here.')
      : { used: found.used, lackOf: (executor) => found.lacks(executor) };
  } catch (error) {
    if (choice?.executable !== undefined || choice?.startMethod !== undefined) throw error;
    return none(errorInfo(error).message);
  }
}

const none = (reason: string): FoundPython => ({
  used: null,
  lackOf: (executor) => (isPython(executor) ? reason : null),
});
