import { randomInt } from 'node:crypto';
import {
  CoreloomError,
  entriesOf,
  languageOf,
  usualWorkers,
  type ByExecutor,
  type CpuLimits,
  type EngineState,
  type ExecutorKey,
  type Language,
} from '../contract';

/** Slider ends and first counts, from what this process may use of the machine; `chosen` goes before that. */
export function sliders(limits: CpuLimits, chosen: ByExecutor<number> = {}): EngineState['sliders'] {
  const cpus = Math.max(1, Math.floor(limits.effectiveCpus));
  return {
    max: Math.max(8, 4 * Math.ceil(limits.effectiveCpus)),
    defaults: { node: firstCounts('node', cpus, chosen), python: firstCounts('python', cpus, chosen) },
  };
}

function firstCounts(language: Language, cpus: number, chosen: ByExecutor<number>): ByExecutor<number> {
  const own = entriesOf(chosen).filter(([executor]) => languageOf(executor) === language);
  return { ...usualWorkers(language, cpus), ...Object.fromEntries(own) };
}

/** A seed for the inputs of a run that was given none. */
export function chooseSeed(): number {
  return randomInt(0, 2 ** 32);
}

/** Errors: `not-available` for one that takes part and cannot run here. */
export function checkExecutors(workers: ByExecutor<number>, available: readonly ExecutorKey[]): void {
  for (const [name, count] of entriesOf(workers)) {
    if (count > 0 && !available.includes(name)) {
      throw new CoreloomError('not-available', `${name} cannot run here; ${available.join(' and ')} can.`);
    }
  }
}
