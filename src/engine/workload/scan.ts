import { join } from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { CoreloomError } from '../../contract';
import { fold, mix32 } from './random';
import { preparedOf } from './settings';
import { readNumbers, writeNumbers } from './shared-array';
import type { TaskInput, Workload } from './workload';

/** Under this name every thread that is started finds the array of the run. */
const HANDED = 'coreloom-scan';
const MIB = 2 ** 20;

/** An array, and the file that holds the same numbers. */
interface SharedArray {
  path: string;
  numbers: Uint32Array;
}

let array: SharedArray | null = null;

/**
 * Adds up `size` numbers of an array that all tasks of a run read: from number mix32(seed) modulo its length on, after
 * the last one comes the first again. The array has 2^18 numbers of 4 bytes for each `arrayMiB`: number i of the
 * generator seeded with 0. The checksum is `fold(seed, sum)`.
 *
 * Threads read the one array of their process, in a SharedArrayBuffer. Processes cannot: each reads the same numbers from a
 * file into an array of its own with its first task, and keeps it (Python maps the file).
 */
export const scan: Workload = {
  info: {
    name: 'scan',
    title: 'Shared array',
    kind: 'cpu',
    tag: 'CPU · shared data',
    summary: 'All tasks read one large array.',
    exercises:
      'Memory: 4 bytes per number, read in order and added up. Threads share the one array without a copy. Each process has to copy it before it can begin, with its first task (the longest one, see the maximum of its latencies), and keeps it as long as it runs: there are as many arrays in memory, and in the shared caches, as processes. Threads should win here, by more the larger the array and the shorter the run.',
    size: { meaning: 'numbers to read', min: 1, max: 2 ** 32, default: 2 ** 20 },
    settings: [
      {
        name: 'arrayMiB',
        title: 'Array',
        meaning: 'size of the array that all tasks read, in MiB',
        min: 1,
        max: 1024,
        default: 64,
        whole: true,
      },
    ],
    releasesLock: false,
    prints: false,
  },
  async prepare({ settings, signal }) {
    const memory = new SharedArrayBuffer((settings['arrayMiB'] ?? 1) * MIB);
    const { values, stop: removeFolder } = (await import('./run-folder')).prepareFolder();
    const path = join(values.folder, 'array.bin');
    const numbers = new Uint32Array(memory);
    const stop = async (): Promise<void> => {
      setEnvironmentData(HANDED, undefined);
      await removeFolder();
    };
    try {
      await writeNumbers(path, numbers, signal);
    } catch (error) {
      await stop();
      throw error;
    }
    // No thread of a run is older than this: the threads of the run before have ended.
    setEnvironmentData(HANDED, { path, numbers });
    return { values: { path, count: numbers.length }, stop };
  },
  share({ path, count }) {
    const numbers = new Uint32Array(new SharedArrayBuffer(Number(count) * Uint32Array.BYTES_PER_ELEMENT));
    readNumbers(String(path), numbers);
    setEnvironmentData(HANDED, { path, numbers });
  },
  run(input) {
    const { numbers } = arrayOf(input);
    const first = mix32(input.seed) % numbers.length;
    let sum = 0;
    for (let left = input.size, from = first; left > 0; from = 0) {
      const to = Math.min(from + left, numbers.length);
      sum = (sum + sumOf(numbers, from, to)) | 0;
      left -= to - from;
    }
    return fold(input.seed, sum >>> 0);
  },
};

/** The array of the run, found once for each worker. */
function arrayOf(input: TaskInput): SharedArray {
  const path = String(preparedOf('path', input));
  if (array?.path === path) return array;
  // What was before goes first: a second array may not fit.
  array = null;
  const handed = getEnvironmentData(HANDED) as SharedArray | undefined;
  if (handed?.path === path) array = handed;
  else if (isMainThread)
    array = { path, numbers: readNumbers(path, new Uint32Array(Number(preparedOf('count', input)))) };
  else
    throw new CoreloomError(
      'internal',
      'A thread did not receive the array of its run; its own copy would make the measurement wrong.',
    );
  return array;
}

function sumOf(numbers: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum = (sum + (numbers[i] ?? 0)) | 0;
  return sum;
}
