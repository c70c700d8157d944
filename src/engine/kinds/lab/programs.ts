import { EXECUTORS, type ExecutorName, type RaceMethod, type VisibilityRow } from '../../../contract';

/** A way in which workers increment one counter. */
interface Race {
  method: RaceMethod;
  statement: string;
  unavailable?: string;
}

/** A write by one worker that another looks for. */
interface Sight {
  through: VisibilityRow['through'];
  what: string;
  unavailable?: string;
}

interface Programs {
  races: readonly Race[];
  sights: readonly Sight[];
  /** What starting a further worker and reading its memory is expected to take, ms. */
  climbMs: number;
}

const NO_MEMORY = 'Node gives processes no memory to share';

/** What the sides of a lab have a program for, by executor; an executor without a row takes part in no lab. */
const PROGRAMS = {
  threads: {
    races: [
      { method: 'unlocked', statement: 'counter[0] = counter[0] + 1' },
      { method: 'atomics', statement: 'Atomics.add(counter, 0, 1)' },
      { method: 'lock', statement: 'lock(); counter[0] = counter[0] + 1; unlock()' },
    ],
    sights: [
      { through: 'variable', what: 'a variable of the module' },
      { through: 'shared-memory', what: 'a SharedArrayBuffer' },
    ],
    climbMs: 100,
  },
  processes: {
    races: [
      {
        method: 'unlocked',
        statement: 'counter[0] = counter[0] + 1',
        unavailable: `${NO_MEMORY}: there is no counter that both could increment.`,
      },
      { method: 'separate', statement: 'own += 1' },
    ],
    sights: [
      { through: 'variable', what: 'a variable of the module' },
      { through: 'shared-memory', what: 'shared memory', unavailable: `${NO_MEMORY}.` },
    ],
    climbMs: 180,
  },
  'python-threads': {
    races: [
      { method: 'unlocked', statement: 'counter.value += one()' },
      { method: 'lock', statement: 'with lock: counter.value += one()' },
    ],
    sights: [{ through: 'variable', what: 'an attribute of an object' }],
    climbMs: 100,
  },
  'python-processes': {
    races: [
      { method: 'unlocked', statement: 'Value.value += one()' },
      { method: 'lock', statement: 'with Value.get_lock(): Value.value += one()' },
      { method: 'separate', statement: 'counter.value += one()' },
    ],
    sights: [
      { through: 'variable', what: 'a variable of the module' },
      { through: 'shared-memory', what: 'multiprocessing.Value' },
    ],
    climbMs: 100,
  },
  'python-interpreters': {
    races: [{ method: 'separate', statement: 'counter.value += one()' }],
    sights: [{ through: 'variable', what: 'a variable of the module' }],
    climbMs: 100,
  },
} as const satisfies Partial<Record<ExecutorName, Programs>>;

/** Executors that the labs measure. */
export type LabExecutor = keyof typeof PROGRAMS;

/** All of them, in the order in which executors are shown. */
export const LAB_EXECUTORS = EXECUTORS.filter((name): name is LabExecutor => Object.hasOwn(PROGRAMS, name));

/** The programs of one of them. */
export function programsOf(executor: LabExecutor): Programs {
  return PROGRAMS[executor];
}
