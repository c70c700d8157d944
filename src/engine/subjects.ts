import { executorFacts } from '../contract';
import type { Modules } from './custom/modules';
import type { NodeExecutor } from './kinds/shared/staffing';
import type { FindSubject, Subject, SubjectSettings } from './kinds/shared/subject';
import type { ChosenPython } from './python-executors';
import { chooseSeed } from './settings';
import { DISTINCT_INPUTS, taskInput } from './workload/inputs';
import { findWorkload } from './workload/registry';

export interface SubjectsOptions {
  /** Node's executors, the baseline first. */
  executors: readonly NodeExecutor[];
  modules: Modules;
  /** The Python of an experiment with these settings; null if it needs none. Errors: `not-available`, `bad-input`. */
  python(settings: Pick<SubjectSettings, 'executors' | 'python' | 'spare'>): Promise<ChosenPython | null>;
}

/** Finds what experiments run: workloads on the engine's executors, modules on executors of their own. */
export function createFindSubject(options: SubjectsOptions): FindSubject {
  return (settings) =>
    settings.module === undefined
      ? workloadSubject(settings, options)
      : moduleSubject({ ...settings, module: settings.module }, options);
}

async function workloadSubject(
  settings: SubjectSettings,
  { executors: own, python }: SubjectsOptions,
): Promise<Subject> {
  const workload = findWorkload(settings.workload);
  const chosen = await python(settings);
  const executors = [...own, ...(chosen?.executors ?? [])];
  for (const executor of executors) executor.expect?.(workload.info.name);
  return {
    workload,
    executors,
    chosen: { seed: settings.seed ?? chooseSeed() },
    python: chosen?.used,
    inputs: (resolved) => Array.from({ length: DISTINCT_INPUTS }, (_, input) => taskInput(resolved, input)),
  };
}

async function moduleSubject(
  settings: SubjectSettings & { module: string },
  { modules }: SubjectsOptions,
): Promise<Subject> {
  const seed = settings.seed ?? chooseSeed();
  const { size, taskMs, deadlineMs, python: choice, executors: named } = settings;
  // Nothing is asked of a file for those that comparisons alone use.
  const wanted = (named ?? []).filter((name) => !executorFacts(name).single);
  const ready = await modules.ready(settings.module, { wanted, size, taskMs, python: choice, seed });
  const { executors, baselines = [], python, close } = await ready.open({ deadlineMs });
  return {
    workload: ready.workload,
    executors: [...baselines, ...executors],
    chosen: { seed, module: ready.path },
    python,
    inputs: (resolved) => ready.inputs(resolved),
    close,
  };
}
