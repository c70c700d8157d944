import { EXECUTORS, type EngineState, type ExecutorName } from '../../../contract';

/** An executor that may take part in an experiment; `reason` says why it cannot. */
export interface Offer {
  executor: ExecutorName;
  reason: string | null;
}

/** Every executor that is known here, in the order in which they are shown; the baseline of Node always can. */
export function offersOf({ available, unavailable }: EngineState['executors']): Offer[] {
  return EXECUTORS.flatMap((executor): Offer[] => {
    if (executor === 'sequential' || available.includes(executor)) return [{ executor, reason: null }];
    const reason = unavailable[executor];
    return reason === undefined ? [] : [{ executor, reason }];
  });
}

/** Those of the choice that can run; where nothing was chosen, those that an experiment takes unasked. */
export function takenOf(offers: readonly Offer[], chosen: readonly ExecutorName[] | null): ExecutorName[] {
  const possible = offers.filter(({ reason }) => reason === null).map(({ executor }) => executor);
  // Interpreters need another Python than most have: they are asked for by name.
  return chosen === null ? possible.filter((name) => name !== 'python-interpreters') : possible.filter((name) => chosen.includes(name));
}
