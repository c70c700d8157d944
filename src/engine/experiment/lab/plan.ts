import { errorInfo, type LabName, type LabSettings, type PythonChoice, type PythonUsed } from '../../../contract';
import { chooseSeed } from '../../settings';
import type { ExperimentKit } from '../experiment';
import { ipcLab } from './ipc-lab';
import type { MakeLab } from './lab';
import { startLab, type LabExperiment } from './lab-run';
import { memoryLab } from './memory-lab';
import { raceLab } from './race-lab';
import { createSides } from './sides';
import { startupLab } from './startup-lab';

/** Every lab; a further one is one file and one line here. */
const MAKERS: Record<LabName, MakeLab> = { ipc: ipcLab, race: raceLab, memory: memoryLab, startup: startupLab };

/** Starts a lab. A Python that was named must be there; without one that lab does without. Errors: `not-available`, `bad-input`. */
export async function planLab(settings: LabSettings, kit: ExperimentKit): Promise<LabExperiment> {
  const { used, reason } = await findPython(settings.python, kit);
  const resolved = {
    lab: settings.lab,
    quick: settings.quick ?? false,
    workers: Math.max(2, Math.floor(kit.machine.limits.effectiveCpus)),
    seed: settings.seed ?? chooseSeed(),
    python: used,
  };
  const sides = createSides({ entries: kit.entries, python: used });
  return startLab({ ...kit, id: kit.reportId(`lab-${settings.lab}`), settings: resolved, lab: MAKERS[settings.lab]({ settings: resolved, sides, noPython: reason }), sides, warnings: [] });
}

/** The Python that is wanted, or whichever there is; where there is none, why. */
export async function findPython(choice: PythonChoice | undefined, kit: Pick<ExperimentKit, 'python'>): Promise<{ used: PythonUsed | null; reason: string | null }> {
  const wanted = ['python-threads', 'python-processes'];
  if (choice?.executable !== undefined || choice?.startMethod !== undefined) {
    const named = await kit.python(wanted, choice);
    return { used: named?.used ?? null, reason: named === null ? NO_PYTHON : null };
  }
  try {
    const found = await kit.python(wanted, choice);
    return found === null ? { used: null, reason: NO_PYTHON } : { used: found.used, reason: null };
  } catch (error) {
    return { used: null, reason: errorInfo(error).message };
  }
}

const NO_PYTHON = 'This host runs no Python.';
