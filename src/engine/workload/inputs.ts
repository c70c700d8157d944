import type { ResolvedSettings } from '../../contract';
import { randomAt } from './random';
import type { TaskInput } from './workload';

/**
 * How many distinct inputs the tasks of a run cycle through: enough that no cache of results would help, few enough
 * that every executor soon runs all of them and their checksums can be held against each other.
 */
export const DISTINCT_INPUTS = 64;

/**
 * The seed of a task's data from the run's seed and the number of the input, unsigned 32-bit: the inputs repeat after
 * DISTINCT_INPUTS, and those before that differ from each other.
 */
export function inputSeed(runSeed: number, input: number): number {
  return randomAt(runSeed, input % DISTINCT_INPUTS);
}

/** What the inputs of an experiment depend on. */
export type InputSettings = Pick<ResolvedSettings, 'workload' | 'size' | 'seed' | 'workloadSettings' | 'prepared'>;

/** The input of a task of a run: the one with this number. */
export function taskInput(settings: InputSettings, input: number): TaskInput {
  const { workload, size, seed, workloadSettings, prepared } = settings;
  return {
    workload,
    size,
    seed: inputSeed(seed, input),
    // Left out where there are none: every task carries them.
    ...(Object.keys(workloadSettings).length > 0 ? { settings: workloadSettings } : {}),
    ...(Object.keys(prepared).length > 0 ? { prepared } : {}),
  };
}
