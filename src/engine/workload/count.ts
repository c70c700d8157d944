import { executorFacts, several } from '../../contract';
import { fold } from './random';
import { waitAtLeast } from './wait';
import type { Workload } from './workload';

const LINES = 5;

/**
 * The textbook example of threads and processes: prints `Number: 1` to `Number: 5`, each after a wait of `size` ms. The
 * checksum starts as the seed and folds in each number as its line is printed.
 */
export const count: Workload = {
  info: {
    name: 'count',
    title: 'Count to five',
    kind: 'io',
    tag: 'I/O · example',
    summary: 'Prints Number: 1 to Number: 5, one line a second.',
    exercises:
      'A timer, and no core: the textbook example. What is seen is the order in which lines of several workers mix.',
    size: { meaning: 'milliseconds before each of the five lines', min: 1, max: 60_000, default: 1_000 },
    settings: [],
    releasesLock: true,
    prints: true,
  },
  fractionalSize: true,
  sizeForMs: (ms) => ms / LINES,
  closingLine(executor, workers) {
    const { each } = executorFacts(executor);
    if (workers === 1) return `The ${each} has finished execution!`;
    return `${workers === 2 ? 'Both' : `All ${workers}`} ${several(each)} have finished execution!`;
  },
  async run({ size, seed }, context) {
    let checksum = seed >>> 0;
    for (let number = 1; number <= LINES; number += 1) {
      await waitAtLeast(size);
      context.print(`Number: ${number}`);
      checksum = fold(checksum, number);
    }
    return checksum;
  },
};
