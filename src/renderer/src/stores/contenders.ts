import {
  executorFacts,
  EXECUTORS,
  languageFacts,
  languageOf,
  type EngineState,
  type ExecutorName,
  type ModuleInfo,
} from '../../../contract';
import { useModules } from './modules';
import { useRun } from './run';

/** An executor that may take part in an experiment; `reason` says why it cannot. */
export interface Offer {
  executor: ExecutorName;
  reason: string | null;
}

/** Why an executor cannot run a module; null where it can. */
export function barredBy(module: ModuleInfo | null, executor: ExecutorName): string | null {
  if (!module || module.executors.some((one) => languageOf(one) === languageOf(executor))) return null;
  const [own] = module.executors.map((one) => languageFacts(languageOf(one)).title);
  return `${module.fileName} runs on ${own ?? 'nothing'}, not on ${languageFacts(languageOf(executor)).title}.`;
}

/** Every executor that is known here, in the order in which they are shown; a module runs on those of its language. */
export function offersOf({ available, unavailable }: EngineState['executors']): Offer[] {
  const runs = useRun();
  const barred = (executor: ExecutorName): string | null => (runs.isModule ? barredBy(runs.module, executor) : null);
  return EXECUTORS.flatMap((executor): Offer[] => {
    if (executorFacts(executor).single || available.includes(executor)) return [{ executor, reason: barred(executor) }];
    const reason = unavailable[executor];
    return reason === undefined ? [] : [{ executor, reason }];
  });
}

/** Those of the choice that can run; where nothing was chosen, those that an experiment takes unasked. */
export function takenOf(offers: readonly Offer[], chosen: readonly ExecutorName[] | null): ExecutorName[] {
  const possible = offers.filter(({ reason }) => reason === null).map(({ executor }) => executor);
  return chosen === null
    ? possible.filter((name) => executorFacts(name).byDefault)
    : possible.filter((name) => chosen.includes(name));
}

/** What is missing of the tasks before anything can be started. */
export function tasksMissing(): string | null {
  const [runs, modules] = [useRun(), useModules()];
  if (!runs.isModule || modules.path !== null) return null;
  return modules.offer.by === 'none' ? 'Choose another workload.' : 'Choose a module.';
}

/** Looks at a module anew before it is started, as its file may have changed; false where it cannot be run. */
export async function tasksReady(): Promise<boolean> {
  const [runs, modules] = [useRun(), useModules()];
  return !runs.isModule || (await modules.again()) !== null;
}
