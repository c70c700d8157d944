import {
  contenderOf,
  executorFacts,
  executorOf,
  EXECUTORS,
  executorsIn,
  executorTitle,
  inOrder,
  keysOf,
  languageFacts,
  languageOf,
  usualOf,
  type ByExecutor,
  type EngineState,
  type ExecutorKey,
  type ModuleInfo,
  type LiveState,
} from '../../../contract';
import { useModules } from './modules';
import { useRun } from './run';

/** An executor that may take part in an experiment; `reason` says why it cannot. */
export interface Offer {
  executor: ExecutorKey;
  reason: string | null;
}

/** Why an executor cannot run a module; null where it can, also as the baseline of the module's language. */
export function barredBy(module: ModuleInfo | null, executor: ExecutorKey): string | null {
  if (!module) return null;
  const languages = [...new Set(module.executors.map(languageOf))].map(languageFacts);
  const runs = [...module.executors, ...languages.map(({ baseline }) => baseline)].map(contenderOf);
  if (runs.includes(executorOf(executor))) return null;
  const other = languageFacts(languageOf(executor));
  return languages.includes(other)
    ? `${module.fileName} does not run on ${executorTitle(executor)}.`
    : `${module.fileName} runs on ${languages[0]?.title ?? 'nothing'}, not on ${other.title}.`;
}

/** Every executor that is known here, in the order in which they are shown; a module runs on those of its language. */
export function offersOf({ available, unavailable }: EngineState['executors']): Offer[] {
  const runs = useRun();
  const barred = (executor: ExecutorKey): string | null => (runs.isModule ? barredBy(runs.module, executor) : null);
  return inOrder([...EXECUTORS, ...available, ...keysOf(unavailable)]).flatMap((executor): Offer[] => {
    if (executor === languageFacts('node').startedBy || available.includes(executor))
      return [{ executor, reason: barred(executor) }];
    const reason = unavailable[executor];
    return reason === undefined ? [] : [{ executor, reason }];
  });
}

/** Those of the choice that can run; where nothing was chosen, those that an experiment takes unasked. */
export function takenOf(offers: readonly Offer[], chosen: readonly ExecutorKey[] | null): ExecutorKey[] {
  const possible = offers.filter(({ reason }) => reason === null).map(({ executor }) => executor);
  return chosen === null ? usualOf(possible) : possible.filter((name) => chosen.includes(name));
}

/** The executors that workers are asked for, or that worked in the run; those of Node where there are none. */
export function takingPart(run: LiveState | null, desired: ByExecutor<number>): ExecutorKey[] {
  const worked = (name: ExecutorKey): boolean =>
    run?.executors.some(
      (one) => one.executor === name && (one.live > 0 || one.desired > 0 || one.counts.done + one.counts.failed > 0),
    ) ?? false;
  const taking = inOrder([...keysOf(desired), ...(run?.executors ?? []).map(({ executor }) => executor)]).filter(
    (name) => (desired[name] ?? 0) > 0 || worked(name),
  );
  return taking.length > 0 ? taking : executorsIn('node').filter((name) => !executorFacts(name).single);
}

/** What is missing of the tasks before anything can be started. */
export function tasksMissing(): string | null {
  const [runs, modules] = [useRun(), useModules()];
  if (!runs.isModule || modules.path !== null) return null;
  return modules.offer.by === 'none' ? 'Choose another workload.' : 'Choose a module.';
}

/** Looks at a module again before it is started, since its file may have changed; false if it cannot run. */
export async function tasksReady(): Promise<boolean> {
  const [runs, modules] = [useRun(), useModules()];
  return !runs.isModule || (await modules.again()) !== null;
}
