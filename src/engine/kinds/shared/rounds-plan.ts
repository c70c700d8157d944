import {
  CoreloomError,
  inOrder,
  MODULE_DEADLINE_MS,
  usualOf,
  type ExecutorKey,
  type MachineInfo,
  type PythonUsed,
} from '../../../contract';
import { checkExecutors, chooseSeed } from '../../settings';
import { checkSize } from '../../workload/registry';
import { resolveWorkloadSettings } from '../../workload/settings';
import type { Workload } from '../../workload/workload';
import type { Experiment, ExperimentKit } from '../kind';
import type { Subject, SubjectSettings } from './subject';

/** Settings of an experiment on one workload, as far as they are of its tasks. */
export interface TaskSettings extends Omit<SubjectSettings, 'workload' | 'python' | 'executors' | 'spare'> {
  workloadSettings?: Record<string, number> | undefined;
}

/** Makes every choice that these settings leave open of the tasks. Errors: `bad-input`. */
export function resolveTasks(settings: TaskSettings, workload: Workload) {
  const size = settings.size ?? workload.info.size.default;
  checkSize(workload, size);
  return {
    workload: workload.info.name,
    size,
    workloadSettings: resolveWorkloadSettings(workload, settings.workloadSettings ?? {}),
    prepared: {},
    taskMs: settings.taskMs ?? null,
    calibratedMs: null,
    seed: settings.seed ?? chooseSeed(),
    ...(settings.module === undefined
      ? {}
      : { module: settings.module, deadlineMs: settings.deadlineMs ?? MODULE_DEADLINE_MS }),
  };
}

/**
 * Who takes part, in the order of the executors; where none was named, those of the available ones that are taken by
 * default. `lack` says what `least` of them are needed for. Errors: `not-available`, `bad-input`.
 */
export function takingPart(
  named: readonly ExecutorKey[] | undefined,
  available: readonly ExecutorKey[],
  { least, lack }: { least: number; lack: string },
): ExecutorKey[] {
  const wanted = named ?? usualOf(available);
  checkExecutors(Object.fromEntries(wanted.map((name) => [name, 1])), available);
  const executors = inOrder(wanted);
  if (executors.length < least) throw new CoreloomError('bad-input', lack);
  return executors;
}

/** What an experiment in rounds may choose from. */
export interface RoundsChoice {
  workload: Workload;
  available: readonly ExecutorKey[];
  machine: MachineInfo;
}

/** What an experiment in rounds is started with. */
interface Planned<R> extends ExperimentKit, Pick<Subject, 'workload' | 'inputs' | 'close'> {
  id: string;
  settings: R;
}

interface RoundsPlan<S, R> {
  /** Makes every choice that the settings leave open. */
  resolve(settings: S & Subject['chosen'], choice: RoundsChoice): R;
  /** Executors that it needs. */
  needs(resolved: R): readonly ExecutorKey[];
  start(options: Planned<R>): Experiment;
}

/** Starts an experiment in rounds. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export async function planRounds<S extends SubjectSettings, R extends { python?: PythonUsed | undefined }>(
  settings: S,
  kit: ExperimentKit,
  { resolve, needs, start }: RoundsPlan<S, R>,
): Promise<Experiment> {
  const { workload, executors, chosen, python, inputs, close } = await kit.subject(settings);
  try {
    const available = executors.map(({ name }) => name);
    const resolved = resolve({ ...settings, ...chosen }, { workload, available, machine: kit.machine });
    const needed = needs(resolved);
    return start({
      ...kit,
      id: kit.reportId(workload.info.name),
      workload,
      settings: { ...resolved, ...(python === undefined ? {} : { python }) },
      executors: executors.filter(({ name }) => needed.includes(name)),
      inputs,
      close,
    });
  } catch (error) {
    await close?.();
    throw error;
  }
}
